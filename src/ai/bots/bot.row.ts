import { openingTimes } from '../../accounts/index.js';
import { type Sql, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { AiMode, AutoHours } from '../enums.js';

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
  /** When it answers by itself, where it does. */
  readonly autoHours: AutoHours;
  readonly frozen: boolean;
}

const withoutMode: Sql = sql`
  b.id, b.name, b.lead_mode as "leadMode", b.model, b.instructions, b.temperature, b.disclosure,
  b.max_replies_per_conversation as "maxRepliesPerConversation", b.handoff_keywords as "handoffKeywords", b.min_confidence as "minConfidence",
  b.topics, b.daily_budget_cents as "dailyBudgetCents", b.quote_on_failure as "quoteOnFailure",
  b.auto_hours as "autoHours", b.frozen`;

/** What a statement over `bots b` selects to give BotRows. */
export const botColumns: Sql = sql`b.mode, ${withoutMode}`;

/** What a bot does on a channel of `bot_channels bc`: where nobody let it answer by itself, it proposes replies. */
export const modeOnChannel: Sql = sql`case when b.mode = 'AUTO' and not bc.auto then 'DRAFT' else b.mode end`;

/** The bot of a channel, in the mode that it has there; null where it has none. */
export function botOfChannel(tx: WorkspaceTransaction, channelId: string): Promise<BotRow | null> {
  return tx.first<BotRow>(sql`
    select ${modeOnChannel} as mode, ${withoutMode} from bot_channels bc join bots b on b.workspace_id = bc.workspace_id and b.id = bc.bot_id
     where bc.workspace_id = ${tx.workspaceId} and bc.channel_id = ${channelId}`);
}

/** The same in the mode that it has at this hour: outside the hours at which it answers by itself it proposes replies. */
export async function botOfChannelNow(tx: WorkspaceTransaction, channelId: string): Promise<BotRow | null> {
  const bot = await botOfChannel(tx, channelId);
  return bot === null ? null : { ...bot, mode: await modeNow(tx, bot) };
}

/** What a bot does at this hour, by the business hours of the workspace and the clock of the database. */
export async function modeNow(
  tx: WorkspaceTransaction,
  { mode, autoHours }: Pick<BotRow, 'mode' | 'autoHours'>,
): Promise<AiMode> {
  if (mode !== AiMode.AUTO || autoHours === AutoHours.ALWAYS) return mode;
  const clock = await tx.first<{ now: Date }>(sql`select now()`);
  const isOpen = (await openingTimes(tx)).isOpen(clock?.now ?? new Date());
  return isOpen === (autoHours === AutoHours.OPEN) ? mode : AiMode.DRAFT;
}

/** The bot, if it still is the channel's and still answers by itself there and now; it stays so until the end of the transaction. */
export async function botThatMaySend(
  tx: WorkspaceTransaction,
  channelId: string,
  botId: string,
): Promise<BotRow | null> {
  const bot = await tx.first<BotRow>(sql`
    select ${botColumns} from bot_channels bc join bots b on b.workspace_id = bc.workspace_id and b.id = bc.bot_id
     where bc.workspace_id = ${tx.workspaceId} and bc.channel_id = ${channelId} and b.id = ${botId} and b.mode = 'AUTO' and bc.auto and not b.frozen
       for share`);
  return bot !== null && (await modeNow(tx, bot)) === AiMode.AUTO ? bot : null;
}

/** The bot, if it still answers leads by itself now; it stays so until the end of the transaction. */
export async function botForLeadsNow(tx: WorkspaceTransaction, botId: string): Promise<BotRow | null> {
  const bot = await tx.first<BotRow>(sql`
    select ${botColumns} from bots b
     where b.workspace_id = ${tx.workspaceId} and b.id = ${botId} and b.lead_mode = 'AUTO' and not b.frozen for share`);
  if (bot === null) return null;
  return (await modeNow(tx, { mode: bot.leadMode, autoHours: bot.autoHours })) === AiMode.AUTO ? bot : null;
}

/** The sources that a bot answers from; null for all of the workspace, which a bot that names none has. */
export async function knowledgeOfBot(tx: WorkspaceTransaction, botId: string): Promise<string[] | null> {
  const rows = await tx.query<{ id: string }>(sql`
    select knowledge_id as id from bot_knowledge where workspace_id = ${tx.workspaceId} and bot_id = ${botId}`);
  return rows.length === 0 ? null : rows.map((row) => row.id);
}
