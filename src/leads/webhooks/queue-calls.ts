import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ConversationsResolved, MessagesReceived } from '../../conversations/index.js';
import { type Call, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Facts, Hints } from '../../platform/outbox/index.js';
import { LeadCaptured, LeadsUpdated } from '../leads.events.js';
import { type WebhookEvent, deliverWebhooks } from './webhook-events.js';

/** Something that happened, by the ids of what it is about. */
interface Happening {
  readonly event: WebhookEvent;
  readonly conversationId?: string;
  readonly messageId?: string;
  readonly leadId?: string;
}

/**
 * What happens here becomes calls that are owed to those endpoints that want to know: in the transaction in which it happens,
 * so that what was committed is told, and what was rolled back is not.
 */
@Injectable()
export class QueueCalls implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly hints: Hints,
  ) {}

  onModuleInit(): void {
    this.facts.onCall(MessagesReceived, (workspaceId, { conversations }) =>
      this.callFor(workspaceId, conversations.flatMap(received)),
    );
    // What is used to answer and for nothing else is told to nobody else; a platform that tries a form has no customer.
    this.facts.onCall(LeadCaptured, (workspaceId, { lead }) =>
      lead.answerOnly || lead.test ? null : this.callFor(workspaceId, [{ event: 'lead.created', leadId: lead.id }]),
    );
    this.facts.on(LeadsUpdated, (tx, { leadIds }) => this.leadsChanged(tx, leadIds));
    this.facts.onCall(ConversationsResolved, (workspaceId, { conversationIds }) =>
      this.callFor(
        workspaceId,
        conversationIds.map((conversationId) => ({ event: 'conversation.resolved', conversationId })),
      ),
    );
  }

  /** Of whoever nobody was told as a lead, nobody is told that they changed. */
  private async leadsChanged(tx: WorkspaceTransaction, leadIds: readonly string[]): Promise<void> {
    const told = await tx.query<{ leadId: string }>(sql`
      select id as "leadId" from leads
       where workspace_id = ${tx.workspaceId} and id = any (${leadIds}::uuid[]) and not answer_only and not test`);
    const changed = told.map(({ leadId }) => ({ event: 'lead.changed' as const, leadId }));
    if (changed.length > 0) await tx.call(this.callFor(tx.workspaceId, changed));
  }

  private callFor(workspaceId: string, happened: readonly Happening[]): Call {
    const conversations = happened.map(({ conversationId }) => conversationId ?? null);
    const messages = happened.map(({ messageId }) => messageId ?? null);
    const leads = happened.map(({ leadId }) => leadId ?? null);
    return {
      invoke: sql`queue_webhooks(${deliverWebhooks}, ${happened.map(({ event }) => event)}::text[], ${conversations}::uuid[],
                                 ${messages}::uuid[], ${leads}::uuid[])`,
      afterCommit: (endpoints) => {
        for (const id of (endpoints as readonly string[] | null) ?? [])
          this.hints.give(deliverWebhooks, workspaceId, id);
      },
    };
  }
}

function received({ conversationId, messageIds, begun }: MessagesReceived['conversations'][number]): Happening[] {
  return [
    ...(begun ? [{ event: 'conversation.started' as const, conversationId }] : []),
    ...messageIds.map((messageId) => ({ event: 'message.received' as const, conversationId, messageId })),
  ];
}
