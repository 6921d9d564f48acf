import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MessagesReceived } from '../../conversations/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { Facts, Outbox } from '../../platform/outbox/index.js';
import { AiMode } from '../enums.js';
import { draftReplyJob } from './draft-reply.worker.js';

/** A customer wrote on a channel that has a bot: a draft is due. One small statement for all that arrived together. */
@Injectable()
export class DraftOnArrival implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.facts.on(MessagesReceived, (tx, fact) => this.schedule(tx, fact));
  }

  private async schedule(tx: WorkspaceTransaction, { conversations }: MessagesReceived): Promise<void> {
    const channels = [...new Set(conversations.map(({ channelId }) => channelId))];
    const rows = await tx.query<{ channelId: string }>(sql`
      select bc.channel_id as "channelId" from bot_channels bc join bots b on b.workspace_id = bc.workspace_id and b.id = bc.bot_id
       where bc.workspace_id = ${tx.workspaceId} and bc.channel_id = any (${channels}::uuid[]) and b.mode <> ${AiMode.OFF} and not b.frozen`);
    const drafted = new Set(rows.map(({ channelId }) => channelId));
    for (const { conversationId, channelId } of conversations) {
      if (drafted.has(channelId)) this.outbox.schedule(tx, draftReplyJob, conversationId);
    }
  }
}
