import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { BotRow } from '../bots/bot.row.js';
import { readSettings } from '../settings/settings-row.js';
import { isUsedUp, spentThisMonth } from '../settings/spending.js';

/** What may be spent on models; what nobody knows the price of counts at the dearest that is known. Participant. */
@Injectable()
export class Budgets {
  /** Which budget is spent, or null. */
  async spent(tx: WorkspaceTransaction, bot: BotRow): Promise<'day' | 'month' | null> {
    const settings = await readSettings(tx);
    if (bot.dailyBudgetCents !== null && (await this.today(tx, bot.id)) >= bot.dailyBudgetCents) return 'day';
    if (settings.monthlyBudgetCents === null) return null;
    return isUsedUp(settings, await spentThisMonth(tx)) ? 'month' : null;
  }

  /** Days are those of UTC. */
  private async today(tx: WorkspaceTransaction, botId: string): Promise<number> {
    const row = await tx.first<{ cents: number }>(sql`
      select coalesce(sum(cents + assumed_cents), 0) as cents from ai_spending
       where workspace_id = ${tx.workspaceId} and day = (now() at time zone 'UTC')::date and bot_id = ${botId}`);
    return row?.cents ?? 0;
  }
}
