import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { Plans } from '../plans/plans.js';
import { reconcileBilling } from './kinds.js';

/** The one row of this job: it is of the whole deployment. */
const beginning = '00000000-0000-7000-8000-000000000771';
const page = 1_000;

/**
 * At each start of a deployment that sells plans: every workspace is looked at once a day from now on. One that is older than
 * the plans gets its trial with the first look; one that is looked at already is left as it is.
 */
@Injectable()
export class BeginBillingWorker implements Worker, OnModuleInit, OnApplicationBootstrap {
  readonly kind = 'begin-billing';
  readonly concurrency = 1;
  readonly maxSeconds = 300;

  constructor(
    private readonly queues: Queues,
    private readonly outbox: Outbox,
    private readonly system: SystemDatabase,
    private readonly plans: Plans,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.works) return;
    if (this.plans.sold) await this.system.run((tx) => this.outbox.scheduleForInstance(tx, this.kind, beginning));
    // Nothing is sold any more: the look that each workspace still waits for is its last, and thaws what was frozen.
    else await this.system.execute(sql`update due set due_at = now() where kind = ${reconcileBilling}`);
  }

  async run({ signal }: Job): Promise<Again | undefined> {
    if (!this.plans.sold) return undefined;
    for (let after: string | null = null; !signal.aborted;) {
      const last: string | null = await this.begin(after);
      if (last === null) return undefined;
      after = last;
    }
    return { afterSeconds: 1 };
  }

  /** One page of workspaces; gives the last of them, null where there is none. */
  private async begin(after: string | null): Promise<string | null> {
    const row = await this.system.first<{ last: string | null }>(sql`
      with found as (select id from workspace_ids(${after}::uuid, ${page})),
      begun as (
        insert into due as waiting (kind, workspace_id, row_id, due_at) select ${reconcileBilling}, id, id, now() from found
        on conflict (kind, workspace_id, row_id) do update set set_aside_at = null, reason = null, attempts = 0, due_at = now()
          where waiting.set_aside_at is not null)
      select max(id::text) as last from found`);
    return row?.last ?? null;
  }
}
