import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';

/** Whether what may be spent in a month was. What nobody knows the price of counts at the dearest: a budget is a promise. */
export function isUsedUp(
  { monthlyBudgetCents }: { readonly monthlyBudgetCents: number | null },
  { known, assumed }: Spending,
): boolean {
  return monthlyBudgetCents !== null && known + assumed >= monthlyBudgetCents;
}

/** Stands for no bot. */
const noBot = '00000000-0000-0000-0000-000000000000';

/**
 * Counts what a call cost, and what one of unknown price is taken to have cost. The count outlives the record of the call,
 * which goes with whom it is about. Participant.
 */
export async function countSpending(
  tx: WorkspaceTransaction,
  botId: string | null,
  { costCents, assumedCents }: { readonly costCents: number | null; readonly assumedCents?: number },
): Promise<void> {
  const [cents, assumed] = [costCents ?? 0, assumedCents ?? 0];
  if (cents === 0 && assumed === 0) return;
  await tx.execute(sql`
    insert into ai_spending as s (workspace_id, day, bot_id, cents, assumed_cents)
    values (${tx.workspaceId}, (now() at time zone 'UTC')::date, ${botId ?? noBot}, ${cents}, ${assumed})
    on conflict (workspace_id, day, bot_id) do update
       set cents = s.cents + excluded.cents, assumed_cents = s.assumed_cents + excluded.assumed_cents`);
}

/** What models cost, in cents. */
export interface Spending {
  /** As far as prices are known. */
  readonly known: number;
  /** What calls of unknown price would have cost at the dearest that is known. */
  readonly assumed: number;
}

/** What models cost this month; months are those of UTC. Participant. */
export async function spentThisMonth(tx: WorkspaceTransaction): Promise<Spending> {
  const row = await tx.first<Spending>(sql`
    select coalesce(sum(cents), 0) as known, coalesce(sum(assumed_cents), 0) as assumed from ai_spending
     where workspace_id = ${tx.workspaceId} and day >= date_trunc('month', now() at time zone 'UTC')::date`);
  return row ?? { known: 0, assumed: 0 };
}
