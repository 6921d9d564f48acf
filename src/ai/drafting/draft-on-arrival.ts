import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MessagesReceived } from '../../conversations/index.js';
import { type Call, sql } from '../../platform/database/index.js';
import { Facts, Hints } from '../../platform/outbox/index.js';
import { draftReplyJob } from './draft-reply.worker.js';

/** A customer wrote on a channel that has a bot: a draft is due. One call for all that arrived together. */
@Injectable()
export class DraftOnArrival implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly hints: Hints,
  ) {}

  onModuleInit(): void {
    this.facts.onCall(MessagesReceived, (workspaceId, fact) => this.callFor(workspaceId, fact));
  }

  private callFor(workspaceId: string, { conversations }: MessagesReceived): Call {
    const channels = conversations.map(({ channelId }) => channelId);
    const ids = conversations.map(({ conversationId }) => conversationId);
    return {
      invoke: sql`schedule_drafts(${draftReplyJob}, ${channels}::uuid[], ${ids}::uuid[])`,
      afterCommit: (drafted) => {
        for (const id of (drafted as readonly string[] | null) ?? []) this.hints.give(draftReplyJob, workspaceId, id);
      },
    };
  }
}
