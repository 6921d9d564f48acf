import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { RowLoader } from '../../platform/graphql/index.js';

/** The channels and the knowledge that bots are given. */
export interface BotRelations {
  readonly channelIds: readonly string[];
  /** Those of them on which it may answer by itself. */
  readonly autoChannelIds: readonly string[];
  readonly knowledgeIds: readonly string[];
}

/** What bots are given, by the bot's id. */
@Injectable()
export class BotRelationsLoader extends RowLoader<BotRelations> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, BotRelations>> {
    const rows = await tx.query<BotRelations & { id: string }>(sql`
      select b.id,
             array(select bc.channel_id from bot_channels bc where bc.workspace_id = b.workspace_id and bc.bot_id = b.id order by 1) as "channelIds",
             array(select bc.channel_id from bot_channels bc where bc.workspace_id = b.workspace_id and bc.bot_id = b.id and bc.auto order by 1) as "autoChannelIds",
             array(select bk.knowledge_id from bot_knowledge bk where bk.workspace_id = b.workspace_id and bk.bot_id = b.id order by 1) as "knowledgeIds"
        from bots b where b.workspace_id = ${tx.workspaceId} and b.id = any (${keys}::uuid[])`);
    return new Map(rows.map((row) => [row.id, row]));
  }
}
