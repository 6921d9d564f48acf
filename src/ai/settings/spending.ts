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

/** What was counted before anybody knows what a call costs. */
export interface ReservedSpending {
  readonly day: string;
  readonly cents: number;
}

/**
 * Counts what a call may cost before it is made: a process that dies in it leaves that counted, for the provider may well have
 * done its part. Who hears the answer takes it back, and counts what the call did cost. Participant.
 */
export async function reserveSpending(tx: WorkspaceTransaction, cents: number): Promise<ReservedSpending> {
  await countSpending(tx, null, { costCents: 0, assumedCents: cents });
  const today = await tx.first<{ day: string }>(sql`select (now() at time zone 'UTC')::date::text as day`);
  return { day: today?.day ?? '', cents };
}

/** Takes back what was counted beforehand, from the day on which it was. Participant. */
export async function releaseSpending(tx: WorkspaceTransaction, { day, cents }: ReservedSpending): Promise<void> {
  if (cents === 0) return;
  // Sums of fractions may end a hair under nothing.
  await tx.execute(sql`
    update ai_spending set assumed_cents = greatest(assumed_cents - ${cents}, 0)
     where workspace_id = ${tx.workspaceId} and day = ${day}::date and bot_id = ${noBot}`);
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
