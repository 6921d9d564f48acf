import { Injectable } from '@nestjs/common';
import { type Sql, type WorkspaceTransaction, joinSql, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { type ConversationRow, conversationColumns } from '../conversation.row.js';

/** Writes a change of one conversation and tells open screens of it. Participant. */
@Injectable()
export class UpdateConversation {
  constructor(private readonly feed: LiveFeed) {}

  /** Sets columns of a conversation that is locked; gives its row as it is now. */
  async set(tx: WorkspaceTransaction, id: string, ...columns: readonly Sql[]): Promise<ConversationRow> {
    const row = await tx.first<ConversationRow>(sql`
      update conversations c set ${joinSql(columns, ', ')}
       where c.workspace_id = ${tx.workspaceId} and c.id = ${id} returning ${conversationColumns}`);
    if (row === null) throw new Error('A conversation that is locked cannot go away.');
    this.feed.append(tx, { kind: 'ConversationChanged', ids: [row.id], conversationId: row.id });
    return row;
  }
}
