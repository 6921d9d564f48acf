import { type SystemDatabase, sql } from '../database/index.js';

/** What is kept of events for an account that no workspace has connected: how many there were, and never their bodies. */
export interface UnownedEvents {
  readonly day: string;
  readonly provider: string;
  readonly kind: string;
  /** Names the account without telling it: a keyed digest, cut short. */
  readonly account: string;
  readonly count: number;
  readonly lastAt: Date;
}

/** For how many days the counts are kept. */
export const unownedDays = 90;
const digestLetters = 12;

/** The newest counts, of one provider if named; how many lines there are, and how many events they count. */
export async function listUnowned(
  system: SystemDatabase,
  provider: string | null,
  limit: number,
): Promise<{ total: number; events: number; unowned: UnownedEvents[] }> {
  const wanted = provider === null ? sql`true` : sql`provider = ${provider}`;
  const count = await system.first<{ total: number; events: number }>(sql`
    select count(*)::int as total, coalesce(sum(count), 0)::float8 as events from unrouted_events where ${wanted}`);
  const unowned = await system.query<UnownedEvents>(sql`
    select day::text as day, provider, kind, left(encode(account, 'hex'), ${digestLetters}) as account, count, last_at as "lastAt"
      from unrouted_events where ${wanted} order by last_at desc, provider, kind, account limit ${limit}`);
  return { total: count?.total ?? 0, events: count?.events ?? 0, unowned };
}
