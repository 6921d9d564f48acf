import { type Sql, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { AiMode } from '../enums.js';

/** A bot as its table holds it. */
export interface BotRow {
  readonly id: string;
  readonly name: string;
  readonly mode: AiMode;
  readonly leadMode: AiMode;
  /** Null: the workspace's model. */
  readonly model: string | null;
  readonly instructions: string;
  readonly temperature: number;
  readonly disclosure: string;
  readonly maxRepliesPerConversation: number;
  readonly handoffKeywords: readonly string[];
  readonly minConfidence: number | null;
  readonly topics: readonly string[];
  readonly dailyBudgetCents: number | null;
  readonly quoteOnFailure: boolean;
  readonly frozen: boolean;
}

/** What a statement over `bots b` selects to give BotRows. */
export const botColumns: Sql = sql`
  b.id, b.name, b.mode, b.lead_mode as "leadMode", b.model, b.instructions, b.temperature, b.disclosure,
  b.max_replies_per_conversation as "maxRepliesPerConversation", b.handoff_keywords as "handoffKeywords", b.min_confidence as "minConfidence",
  b.topics, b.daily_budget_cents as "dailyBudgetCents", b.quote_on_failure as "quoteOnFailure", b.frozen`;

/** The bot of a channel, or null. */
export function botOfChannel(tx: WorkspaceTransaction, channelId: string): Promise<BotRow | null> {
  return tx.first<BotRow>(sql`
    select ${botColumns} from bot_channels bc join bots b on b.workspace_id = bc.workspace_id and b.id = bc.bot_id
     where bc.workspace_id = ${tx.workspaceId} and bc.channel_id = ${channelId}`);
}

/** The bot, if it still is the channel's and still answers by itself; it stays so until the end of the transaction. */
export function botThatMaySend(tx: WorkspaceTransaction, channelId: string, botId: string): Promise<BotRow | null> {
  return tx.first<BotRow>(sql`
    select ${botColumns} from bot_channels bc join bots b on b.workspace_id = bc.workspace_id and b.id = bc.bot_id
     where bc.workspace_id = ${tx.workspaceId} and bc.channel_id = ${channelId} and b.id = ${botId} and b.mode = 'AUTO' and not b.frozen
       for share`);
}

/** The sources that a bot answers from; null for all of the workspace, which a bot that names none has. */
export async function knowledgeOfBot(tx: WorkspaceTransaction, botId: string): Promise<string[] | null> {
  const rows = await tx.query<{ id: string }>(sql`
    select knowledge_id as id from bot_knowledge where workspace_id = ${tx.workspaceId} and bot_id = ${botId}`);
  return rows.length === 0 ? null : rows.map((row) => row.id);
}
