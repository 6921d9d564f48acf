import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { type Again, Queues, type Worker } from '../../platform/queue/index.js';
import { OwedCancellations } from './owed-cancellations.js';

/** The one row of this job: it is of the whole deployment. */
const everything = '00000000-0000-7000-8000-000000000690';
const batch = 5_000;
const daySeconds = 86_400;

/** Once a day: lets go of billing records that the law wants kept no longer, and of what was owed and is long done. */
@Injectable()
export class EndOfKeepingWorker implements Worker, OnModuleInit, OnApplicationBootstrap {
  readonly kind = 'forget-billing-records';
  readonly concurrency = 1;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly outbox: Outbox,
    private readonly system: SystemDatabase,
    private readonly owed: OwedCancellations,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async onApplicationBootstrap(): Promise<void> {
    // Where nothing is sold (any more) there may be records of what once was.
    if (this.config.works) await this.system.run((tx) => this.outbox.scheduleForInstance(tx, this.kind, everything));
  }

  async run(): Promise<Again> {
    await this.owed.resume();
    const gone = await this.system.run(async (tx) => {
      await this.owed.forget(tx);
      return tx.execute(sql`
        delete from billing_records where id in
          (select id from billing_records where keep_until < now() order by keep_until limit ${batch})`);
    });
    return { afterSeconds: gone === batch ? 1 : daySeconds };
  }
}
