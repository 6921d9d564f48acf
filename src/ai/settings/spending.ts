import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';

/** Whether what may be spent in a month was. */
export function isUsedUp(
  { monthlyBudgetCents }: { readonly monthlyBudgetCents: number | null },
  spent: number,
): boolean {
  return monthlyBudgetCents !== null && spent >= monthlyBudgetCents;
}

/** Stands for no bot. */
const noBot = '00000000-0000-0000-0000-000000000000';

/** Counts what a call cost. The count outlives the record of the call, which goes with whom it is about. Participant. */
export async function countSpending(tx: WorkspaceTransaction, botId: string | null, cents: number): Promise<void> {
  await tx.execute(sql`
    insert into ai_spending as s (workspace_id, day, bot_id, cents)
    values (${tx.workspaceId}, (now() at time zone 'UTC')::date, ${botId ?? noBot}, ${cents})
    on conflict (workspace_id, day, bot_id) do update set cents = s.cents + excluded.cents`);
}

/** What models cost this month, in cents, as far as prices are known; months are those of UTC. Participant. */
export async function spentThisMonth(tx: WorkspaceTransaction): Promise<number> {
  const row = await tx.first<{ cents: number }>(sql`
    select coalesce(sum(cents), 0) as cents from ai_spending
     where workspace_id = ${tx.workspaceId} and day >= date_trunc('month', now() at time zone 'UTC')::date`);
  return row?.cents ?? 0;
}
