import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../platform/database/index.js';
import { RowLoader } from '../platform/graphql/index.js';
import { externalColumns, externalKey } from './external-message.js';
import { type MessageRow, messageColumns } from './message.row.js';

/** Messages by channel and the platform's id (`externalKey`), for what answers them. */
@Injectable()
export class RepliedMessageLoader extends RowLoader<MessageRow> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, MessageRow>> {
    // The digest is made before the join (offset 0 keeps it there): row security keeps an expression out of the index.
    const { channels, externals } = externalColumns(keys);
    const rows = await tx.query<MessageRow & { externalId: string }>(sql`
      select ${messageColumns}
        from (select *, external_digest(${tx.workspaceId}, channel_id, external_id) as digest
                from unnest(${channels}::uuid[], ${externals}::text[]) as asked (channel_id, external_id) offset 0) named
       cross join lateral (
         select * from messages found
          where found.workspace_id = ${tx.workspaceId} and found.external_digest = named.digest
            and found.channel_id = named.channel_id and found.external_id = named.external_id offset 0
       ) m`);
    return new Map(rows.map((row) => [externalKey(row), row]));
  }
}
