import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { MachineMessageQueued, MessageQueued } from '../conversations.events.js';
import { chatReply } from './mails/chat-reply.mail.js';

/** How long an answer waits for its visitor before it is mailed, and how long until the next mail. */
const awaySeconds = 120;
const mailEverySeconds = 15 * 60;
const mostReplies = 20;

interface Left {
  readonly visitorId: string;
  readonly email: string;
  readonly origin: string | null;
  readonly mailedId: string | null;
  /** Seconds until another mail may go. */
  readonly wait: number;
  readonly workspace: string;
  readonly locale: string;
}

/** An answer that its visitor has not fetched, because they left, goes to the address that they gave. */
@Injectable()
export class MailReplyWorker implements Worker, OnModuleInit {
  readonly kind = 'mail-reply';
  readonly concurrency = 2;
  readonly maxSeconds = 30;

  constructor(
    private readonly queues: Queues,
    private readonly facts: Facts,
    private readonly outbox: Outbox,
    private readonly workspaces: Workspaces,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.mails.define(chatReply);
    this.facts.on(MessageQueued, (tx, { message }) => this.plan(tx, message.conversationId));
    this.facts.on(MachineMessageQueued, (tx, { conversationId }) => this.plan(tx, conversationId));
  }

  run(job: Job): Promise<Again | undefined> {
    return this.workspaces.run(job.workspaceId, async (tx) => {
      const left = await this.left(tx, job.rowId);
      if (left === null) return undefined;
      const replies = await tx.query<{ id: string; text: string | null }>(sql`
        select id, text from messages
         where workspace_id = ${tx.workspaceId} and conversation_id = ${job.rowId} and direction = 'OUTBOUND' and status = 'SENT'
           and deleted_at is null and (${left.mailedId}::uuid is null or id > ${left.mailedId}::uuid)
         order by id limit ${mostReplies}`);
      const last = replies.at(-1);
      if (last === undefined) return undefined;
      if (left.wait > 0) return { afterSeconds: left.wait };
      const words = replies.map(({ text }) => text).filter((text) => text !== null);
      if (words.length > 0)
        await this.mails.queue(tx, {
          to: left.email,
          template: chatReply,
          locale: mailLocale(left.locale),
          values: { workspace: left.workspace, replies: words.join('\n'), site: siteOf(left.origin) },
          workspaceId: tx.workspaceId,
        });
      await tx.execute(sql`
        update visitors set mailed_id = ${last.id}, mailed_at = now() where workspace_id = ${tx.workspaceId} and id = ${left.visitorId}`);
      return undefined;
    });
  }

  /** Only where somebody of this thread has given an address. */
  private async plan(tx: WorkspaceTransaction, conversationId: string): Promise<void> {
    if ((await this.left(tx, conversationId)) !== null)
      this.outbox.scheduleAfter(tx, this.kind, conversationId, awaySeconds);
  }

  private left(tx: WorkspaceTransaction, conversationId: string): Promise<Left | null> {
    return tx.first<Left>(sql`
      select v.id as "visitorId", v.email, v.origin, v.mailed_id as "mailedId", w.name as workspace, w.locale,
             greatest(0, ceil(extract(epoch from v.mailed_at + make_interval(secs => ${mailEverySeconds}) - now())))::int as wait
        from conversations c
        join contact_identities i on i.workspace_id = c.workspace_id and i.thread_key = c.thread_key and i.channel_id = c.channel_id
        join visitors v on v.workspace_id = i.workspace_id and v.channel_id = i.channel_id and v.address = i.external_id
        join workspaces w on w.id = c.workspace_id
       where c.workspace_id = ${tx.workspaceId} and c.id = ${conversationId} and v.email is not null
       order by v.last_seen_at desc limit 1`);
  }
}

function siteOf(origin: string | null): string {
  return origin === null ? '' : (URL.parse(origin)?.host ?? '');
}
