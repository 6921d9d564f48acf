import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../platform/access/index.js';
import { type WorkspaceTransaction, isUuid, sql } from '../platform/database/index.js';
import { RowLoader } from '../platform/graphql/index.js';

/** Up to which message the member who asks has read, by conversation. */
@Injectable()
export class ReadPointerLoader extends RowLoader<string> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
    { actor }: RequestContext,
  ): Promise<Map<string, string>> {
    if (actor?.kind !== 'member') return new Map();
    const rows = await tx.query<{ conversationId: string; messageId: string }>(sql`
      select conversation_id as "conversationId", message_id as "messageId" from read_pointers
       where workspace_id = ${tx.workspaceId} and member_id = ${actor.memberId}
         and conversation_id = any (${keys.filter(isUuid)}::uuid[])`);
    return new Map(rows.map((row) => [row.conversationId, row.messageId]));
  }
}
