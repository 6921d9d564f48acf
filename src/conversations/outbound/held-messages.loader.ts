import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { RowLoader } from '../../platform/graphql/index.js';
import { MessageStatus } from '../enums.js';

/** How many messages each channel holds until it has its access back; channels that hold none are left out. */
@Injectable()
export class HeldMessagesLoader extends RowLoader<number> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.query<{ id: string; held: number }>(sql`
      select channel_id as id, count(*)::int as held from messages
       where workspace_id = ${tx.workspaceId} and channel_id = any (${keys}::uuid[]) and status = ${MessageStatus.HELD}
       group by channel_id`);
    return new Map(rows.map(({ id, held }) => [id, held]));
  }
}
