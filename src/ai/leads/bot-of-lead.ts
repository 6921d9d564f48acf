import type { LeadRow } from '../../leads/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { type BotRow, botColumns, modeNow } from '../bots/bot.row.js';
import { AiMode } from '../enums.js';

/**
 * The bot that works on a lead, in the mode that it has for leads at this hour: that of the channel which the lead came over,
 * and for what came over none, the oldest that does something with leads. Null where the workspace has no such bot. Participant.
 */
export async function botOfLead(
  tx: WorkspaceTransaction,
  { channelId }: Pick<LeadRow, 'channelId'>,
): Promise<BotRow | null> {
  const bot = await tx.first<BotRow>(sql`
    select ${botColumns} from bots b
      left join bot_channels bc on bc.workspace_id = b.workspace_id and bc.bot_id = b.id and bc.channel_id = ${channelId}::uuid
     where b.workspace_id = ${tx.workspaceId} and not b.frozen and (bc.bot_id is not null or b.lead_mode <> ${AiMode.OFF})
     order by (bc.bot_id is not null) desc, b.id limit 1`);
  return bot === null ? null : { ...bot, mode: await modeNow(tx, { mode: bot.leadMode, autoHours: bot.autoHours }) };
}
