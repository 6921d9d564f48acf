import { Injectable } from '@nestjs/common';
import { Channels } from '../../channels/index.js';
import type { MemberActor, RequestContext } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { type WorkspaceTransaction, Workspaces, isUuid, newId, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { AutoGate, type BotBefore } from '../evaluation/auto-gate.js';
import { AiMode } from '../enums.js';
import type { BotRow } from './bot.row.js';
import type { BotType } from './bot.type.js';
import { Bots } from './bots.js';
import { botAfter, newBot } from './check-bot.js';
import type { BotInput } from './save-bot.input.js';

/** Makes a bot, or changes one. */
@Injectable()
export class SaveBot {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly bots: Bots,
    private readonly channels: Channels,
    private readonly audit: AuditLog,
    private readonly feed: LiveFeed,
    private readonly gate: AutoGate,
  ) {}

  create(actor: MemberActor, input: BotInput, request: RequestContext): Promise<BotType> {
    const bot = botAfter(newBot, input);
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const id = newId();
      await this.write(tx, id, bot);
      return this.finish(tx, actor, request, 'bot.create', id, input, null);
    });
  }

  update(actor: MemberActor, id: string, input: BotInput, request: RequestContext): Promise<BotType> {
    return this.workspaces.run(actor.workspaceId, async (tx) => {
      const before = await this.bots.row(tx, id);
      if (before === null) throw notFound('The bot');
      const was = await this.gate.before(tx, before);
      await this.write(tx, id, botAfter(before, input));
      return this.finish(tx, actor, request, 'bot.update', id, input, was);
    });
  }

  private async write(tx: WorkspaceTransaction, id: string, bot: Omit<BotRow, 'id' | 'frozen'>): Promise<void> {
    await tx.execute(sql`
      insert into bots (workspace_id, id, name, mode, lead_mode, model, instructions, temperature, disclosure, max_replies_per_conversation,
                        handoff_keywords, min_confidence, topics, daily_budget_cents, quote_on_failure, auto_hours)
      values (${tx.workspaceId}, ${id}, ${bot.name}, ${bot.mode}, ${bot.leadMode}, ${bot.model}, ${bot.instructions}, ${bot.temperature},
              ${bot.disclosure}, ${bot.maxRepliesPerConversation}, ${bot.handoffKeywords}, ${bot.minConfidence}, ${bot.topics},
              ${bot.dailyBudgetCents}, ${bot.quoteOnFailure}, ${bot.autoHours})
      on conflict (workspace_id, id) do update
         set name = excluded.name, mode = excluded.mode, lead_mode = excluded.lead_mode, model = excluded.model, instructions = excluded.instructions,
             temperature = excluded.temperature, disclosure = excluded.disclosure, max_replies_per_conversation = excluded.max_replies_per_conversation,
             handoff_keywords = excluded.handoff_keywords, min_confidence = excluded.min_confidence, topics = excluded.topics,
             daily_budget_cents = excluded.daily_budget_cents, quote_on_failure = excluded.quote_on_failure,
             auto_hours = excluded.auto_hours`);
  }

  private async finish(
    tx: WorkspaceTransaction,
    actor: MemberActor,
    request: RequestContext,
    action: string,
    id: string,
    input: BotInput,
    was: BotBefore | null,
  ): Promise<BotType> {
    if (input.channelIds) await this.giveChannels(tx, id, input.channelIds);
    const autoChannelIds = await this.letAnswer(tx, id, input);
    if (input.knowledgeIds) await this.giveKnowledge(tx, id, input.knowledgeIds);
    const bot = await this.bots.byId(tx, id);
    const row = await this.bots.row(tx, id);
    if (bot === null || row === null) throw notFound('The bot');
    await this.gate.check(tx, was, row);
    const detail = {
      mode: bot.mode,
      ...(input.channelIds && { channelIds: input.channelIds }),
      ...(autoChannelIds && { autoChannelIds }),
      ...(input.knowledgeIds && { knowledgeIds: input.knowledgeIds }),
    };
    this.audit.record(tx, { actor, action, target: id, origin: request.origin, detail });
    this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [id], detail: 'bots' });
    return bot;
  }

  private async giveChannels(tx: WorkspaceTransaction, botId: string, channelIds: readonly string[]): Promise<void> {
    const ids = checkedIds('channelIds', 'The channel', channelIds);
    if ((await this.channels.byIds(tx, ids)).size < ids.length) throw notFound('The channel');
    await tx.execute(
      sql`delete from bot_channels where workspace_id = ${tx.workspaceId} and bot_id = ${botId} and channel_id <> all (${ids}::uuid[])`,
    );
    await tx.execute(sql`
      insert into bot_channels (workspace_id, channel_id, bot_id)
      select ${tx.workspaceId}, c.id, ${botId} from unnest(${ids.toSorted()}::uuid[]) as c (id)
      on conflict (workspace_id, channel_id) do nothing`);
    const taken = await tx.first<{ name: string }>(sql`
      select b.name from bot_channels bc join bots b on b.workspace_id = bc.workspace_id and b.id = bc.bot_id
       where bc.workspace_id = ${tx.workspaceId} and bc.channel_id = any (${ids}::uuid[]) and bc.bot_id <> ${botId} limit 1`);
    if (taken !== null) {
      throw new DomainError(
        ErrorCode.CONFLICT,
        `One of these channels has the bot "${taken.name}" already. Take it off there first.`,
        { reason: 'BOT_TAKEN', values: { name: taken.name }, field: 'channelIds' },
      );
    }
  }

  /**
   * On which channels it answers by itself: those that are named, or all that it has where a change says AUTO and names none.
   * Gives them, so that the audit says where; null where they stay as they are.
   */
  private async letAnswer(
    tx: WorkspaceTransaction,
    botId: string,
    { mode, autoChannelIds }: BotInput,
  ): Promise<string[] | null> {
    if (!autoChannelIds && mode !== AiMode.AUTO) return null;
    const ids = autoChannelIds ? checkedIds('autoChannelIds', 'The channel', autoChannelIds) : null;
    if (ids !== null && (await this.channels.byIds(tx, ids)).size < ids.length) throw notFound('The channel');
    const rows = await tx.query<{ id: string; auto: boolean }>(sql`
      update bot_channels set auto = ${ids === null} or channel_id = any (${ids ?? []}::uuid[])
       where workspace_id = ${tx.workspaceId} and bot_id = ${botId}
      returning channel_id as id, auto`);
    const answering = rows.filter(({ auto }) => auto).map(({ id }) => id);
    if (ids !== null && answering.length < ids.length)
      throw badInput(
        'autoChannelIds',
        'It can answer only on channels that it works on. Give it the channel first.',
        'BOT_NOT_THERE',
      );
    return answering;
  }

  private async giveKnowledge(tx: WorkspaceTransaction, botId: string, knowledgeIds: readonly string[]): Promise<void> {
    const ids = checkedIds('knowledgeIds', 'The knowledge', knowledgeIds);
    await tx.execute(sql`delete from bot_knowledge where workspace_id = ${tx.workspaceId} and bot_id = ${botId}`);
    const given = await tx.execute(sql`
      insert into bot_knowledge (workspace_id, bot_id, knowledge_id)
      select ${tx.workspaceId}, ${botId}, k.id from knowledge_sources k where k.workspace_id = ${tx.workspaceId} and k.id = any (${ids}::uuid[])`);
    if (given < ids.length) throw notFound('The knowledge');
  }
}

function checkedIds(field: string, what: string, ids: readonly string[]): string[] {
  if (ids.length > 1_000) throw badInput(field, 'Give at most 1,000.', 'TOO_MANY', { most: '1000' });
  if (!ids.every(isUuid)) throw notFound(what);
  return [...new Set(ids.map((id) => id.toLowerCase()))];
}
