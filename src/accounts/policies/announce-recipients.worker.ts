import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase, type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { recipientNamed } from '../../platform/recipients/index.js';
import { recipientAnnounced } from './mails/recipient-announced.js';
import { processorOf } from './processors.js';

interface Untold {
  readonly recipient: string;
  readonly usedFrom: Date;
  /** The workspace whose owners were told last. */
  readonly after: string | null;
}
interface Owner {
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly workspace: string;
}

/** The one row of this job: it is of the whole deployment. */
const announcement = '00000000-0000-7000-8000-000000000680';
/** Mails that may wait at once: whoever asks for a new password is not to stand behind all of them. */
const mostWaiting = 200;
const pauseSeconds = 2;

/**
 * Mails the owners of every workspace whom data goes to from when on, workspace by workspace: how far it is is committed
 * with the mails, so whoever is killed when, each is told once.
 */
@Injectable()
export class AnnounceRecipientsWorker implements Worker, OnModuleInit, OnApplicationBootstrap {
  readonly kind = 'announce-recipients';
  readonly concurrency = 1;
  readonly maxSeconds = 120;

  constructor(
    private readonly queues: Queues,
    private readonly outbox: Outbox,
    private readonly system: SystemDatabase,
    private readonly workspaces: Workspaces,
    private readonly mails: Mails,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.mails.define(recipientAnnounced);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.works || (await this.next()) === null) return;
    await this.system.run((tx) => this.outbox.scheduleForInstance(tx, this.kind, announcement));
  }

  async run({ signal }: Job): Promise<Again | undefined> {
    while (!signal.aborted) {
      const untold = await this.next();
      if (untold === null) return undefined;
      if (await this.manyWait()) break;
      const found = await this.system.first<{ id: string }>(
        sql`select id from workspace_ids(${untold.after}::uuid, 1)`,
      );
      if (found === null)
        await this.system.execute(sql`update recipients set told = true where recipient = ${untold.recipient}`);
      else await this.workspaces.run(found.id, (tx) => this.tell(tx, untold));
    }
    return { afterSeconds: pauseSeconds };
  }

  private next(): Promise<Untold | null> {
    return this.system.first<Untold>(sql`
      select recipient, used_from as "usedFrom", told_after as after from recipients where not told order by recipient limit 1`);
  }

  private async manyWait(): Promise<boolean> {
    const row = await this.system.first<{ waiting: number }>(sql`
      select count(*)::int as waiting from (select from mails where set_aside_at is null limit ${mostWaiting}) as queued`);
    return (row?.waiting ?? 0) >= mostWaiting;
  }

  private async tell(tx: WorkspaceTransaction, { recipient, usedFrom, after }: Untold): Promise<void> {
    // Whoever comes second tells nobody.
    const taken = await tx.execute(sql`
      update recipients set told_after = ${tx.workspaceId}
       where recipient = ${recipient} and told_after is not distinct from ${after}::uuid and not told`);
    if (taken === 0) return;
    const owners = await tx.query<Owner>(sql`
      select u.email, u.name, u.locale, w.name as workspace
        from members m join users u on u.id = m.user_id join workspaces w on w.id = m.workspace_id
       where m.workspace_id = ${tx.workspaceId} and m.role = 'OWNER' and u.email_verified_at is not null`);
    for (const { email, name, locale: wanted, workspace } of owners) {
      const locale = mailLocale(wanted);
      const {
        name: who,
        purpose,
        data,
        region,
        safeguard,
      } = processorOf(recipientNamed(recipient), this.config, locale);
      const from = usedFrom.toISOString().slice(0, 10);
      const { privacyEmail } = this.config.operator;
      const values = { name, workspace, recipient: who, purpose, data, region, safeguard, from, privacyEmail };
      await this.mails.queue(tx, {
        to: email,
        template: recipientAnnounced,
        locale,
        values,
        workspaceId: tx.workspaceId,
      });
    }
  }
}
