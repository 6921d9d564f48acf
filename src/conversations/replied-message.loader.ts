import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../platform/database/index.js';
import { RowLoader } from '../platform/graphql/index.js';
import { externalColumns, externalKey } from './external-message.js';
import { type MessageRow, messageColumns } from './message.row.js';

/** Messages by channel and the platform's id (`externalKey`), for what answers them. */
@Injectable()
export class RepliedMessageLoader extends RowLoader<MessageRow> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, MessageRow>> {
    const { channels, externals } = externalColumns(keys);
    const rows = await tx.query<MessageRow & { externalId: string }>(sql`
      select ${messageColumns}
        from unnest(${channels}::uuid[], ${externals}::text[]) as named (channel_id, external_id)
       cross join lateral (
         select * from messages found
          where found.workspace_id = ${tx.workspaceId} and found.channel_id = named.channel_id
            and found.external_id = named.external_id and found.external_id is not null
       ) m`);
    return new Map(rows.map((row) => [externalKey(row), row]));
  }
}
