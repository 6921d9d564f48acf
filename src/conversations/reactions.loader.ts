import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../platform/database/index.js';
import { RowLoader } from '../platform/graphql/index.js';
import type { MessageAuthor } from './enums.js';
import { externalColumns, externalKey } from './external-message.js';

interface ReactionRow {
  readonly channelId: string;
  readonly externalId: string;
  readonly emoji: string;
  readonly by: MessageAuthor;
}

/** The reactions that stand on messages, by channel and the platform's id of the message (`externalKey`). */
@Injectable()
export class ReactionsLoader extends RowLoader<readonly ReactionRow[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, readonly ReactionRow[]>> {
    const { channels, externals } = externalColumns(keys);
    const rows = await tx.query<ReactionRow>(sql`
      select r.channel_id as "channelId", r.message_external_id as "externalId", r.emoji, r.by
        from unnest(${channels}::uuid[], ${externals}::text[]) as named (channel_id, external_id)
       cross join lateral (
         select * from reactions found
          where found.workspace_id = ${tx.workspaceId} and found.channel_id = named.channel_id
            and found.message_external_id = named.external_id and found.emoji is not null
       ) r
       order by r.at, r.actor`);
    return Map.groupBy(rows, externalKey);
  }
}
