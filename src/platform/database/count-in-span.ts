import { type Sql, sql } from './sql.js';

/** How often something may be done. */
export interface SpanLimit {
  readonly most: number;
  /** How long what was done counts. */
  readonly seconds: number;
  /** Each try begins the time anew: then no span of that length ever holds more than `most`. */
  readonly extends?: boolean;
}

/** Whether another may be done under a key; counts nothing. */
export async function hasRoomInSpan(
  database: { first(statement: Sql): Promise<unknown> },
  key: Buffer,
  { most }: SpanLimit,
): Promise<boolean> {
  const full = await database.first(
    sql`select 1 from guesses where key = ${key} and points >= ${most} and expires_at > now()`,
  );
  return full === null;
}

/**
 * Counts one under a keyed digest of what is done and by whom, for all processes together. Whether it may be done; what may
 * not is not counted.
 */
export async function countInSpan(
  database: { first(statement: Sql): Promise<unknown> },
  key: Buffer,
  { most, seconds, extends: begins = false }: SpanLimit,
): Promise<boolean> {
  const counted = await database.first(sql`
    insert into guesses (key, points, expires_at) values (${key}, 1, now() + make_interval(secs => ${seconds}))
    on conflict (key) do update
       set points = case when guesses.expires_at <= now() then 1 else guesses.points + 1 end,
           expires_at = case when ${begins} or guesses.expires_at <= now() then excluded.expires_at else guesses.expires_at end
     where guesses.points < ${most} or guesses.expires_at <= now()
    returning points`);
  return counted !== null;
}
