import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../../platform/config/index.js';
import { SystemDatabase, type SystemTransaction, sql } from '../../../platform/database/index.js';
import { Mails, mailLocale } from '../../../platform/mail/index.js';
import { type Again, type Job, Queues, type Worker } from '../../../platform/queue/index.js';
import { operatorReminded } from '../mails/operator-reminded.js';
import { reminderDays, remindOperator } from '../reminders.js';

const daySeconds = 86_400;

interface Waiting {
  readonly seconds: number;
  readonly dueSoon: number;
  readonly overdue: number;
  readonly isFirst: boolean;
}

/**
 * Tells the operator of requests on their desk that are due soon, and every day from then on: one mail a day for all of
 * them, which goes with the first of them.
 */
@Injectable()
export class RemindOperatorWorker implements Worker, OnModuleInit {
  readonly kind = remindOperator;
  readonly concurrency = 1;
  readonly maxSeconds = 60;

  constructor(
    private readonly queues: Queues,
    private readonly system: SystemDatabase,
    private readonly mails: Mails,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.mails.define(operatorReminded);
  }

  run({ rowId }: Job): Promise<Again | undefined> {
    return this.system.run(async (tx) => {
      const waiting = await this.waiting(tx, rowId);
      if (waiting === null) return undefined;
      if (waiting.seconds > 0) return { afterSeconds: Math.ceil(waiting.seconds) };
      if (waiting.isFirst) await this.tell(tx, waiting);
      return { afterSeconds: daySeconds };
    });
  }

  /** Null where it waits for nothing more, or a workspace has it now. */
  private waiting(tx: SystemTransaction, id: string): Promise<Waiting | null> {
    return tx.first<Waiting>(sql`
      with open as (select id, coalesce(extended_until, due_at) as due from instance_privacy_requests where completed_at is null),
           soon as (select id, due from open where due < now() + make_interval(days => ${reminderDays}))
      select extract(epoch from open.due - make_interval(days => ${reminderDays}) - now())::float8 as seconds,
             (select count(*)::int from soon) as "dueSoon", (select count(*)::int from soon where due < now()) as overdue,
             id = (select id from soon order by due, id limit 1) is true as "isFirst"
        from open where id = ${id}`);
  }

  private async tell(tx: SystemTransaction, { dueSoon, overdue }: Waiting): Promise<void> {
    await this.mails.queue(tx, {
      to: this.config.operator.privacyEmail,
      template: operatorReminded,
      locale: mailLocale(null),
      values: { dueSoon: String(dueSoon), overdue: String(overdue) },
    });
  }
}
