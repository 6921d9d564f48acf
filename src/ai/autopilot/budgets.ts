import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql, uuidAt } from '../../platform/database/index.js';
import type { BotRow } from '../bots/bot.row.js';
import { readSettings } from '../settings/settings-row.js';
import { cautiousCentsPerToken } from '../drafting/prices.js';

/** What may be spent on models. Participant. */
@Injectable()
export class Budgets {
  /**
   * Which budget is spent, or null. A run whose price nobody knows counts as if it were dear: a budget that cannot be reckoned
   * has to stop early, not never.
   */
  async spent(tx: WorkspaceTransaction, bot: BotRow): Promise<'day' | 'month' | null> {
    const { monthlyBudgetCents } = await readSettings(tx);
    if (bot.dailyBudgetCents === null && monthlyBudgetCents === null) return null;
    const now = new Date();
    const day = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
    const month = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
    // The ids are in the order of time: the rest of the record is not read.
    const cents = await tx.first<{ day: number; month: number }>(sql`
      select coalesce(sum(cents) filter (where at >= ${new Date(day)} and bot_id = ${bot.id}), 0)::float8 as day, coalesce(sum(cents), 0)::float8 as month
        from (select at, bot_id, coalesce(cost_cents, (prompt_tokens + completion_tokens) * ${cautiousCentsPerToken}::float8) as cents
                from ai_runs where workspace_id = ${tx.workspaceId} and id >= ${uuidAt(month)} and at >= ${new Date(month)}) as spent`);
    if (bot.dailyBudgetCents !== null && (cents?.day ?? 0) >= bot.dailyBudgetCents) return 'day';
    return monthlyBudgetCents !== null && (cents?.month ?? 0) >= monthlyBudgetCents ? 'month' : null;
  }
}
