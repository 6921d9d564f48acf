import { type Sql, type WorkspaceTransaction, joinSql, sql, sqlNumber } from '../../../platform/database/index.js';
import type { AskedConditions } from './filter-conditions.js';
import { type Lookup, findFew } from './find-few.js';

/** Looked through before anything else: what many have is found among them at once. */
const near = 4_000;
/** With so many found among those, the rest of a page is sooner walked to than looked up. */
const enough = 10;
/** Walking further than this takes as long as reading everybody. */
const furthest = 100_000;

/** How a list reads its rows. */
export interface Reading<Row> {
  /** What of `contacts k` the list is about, and from which place on. */
  readonly within: readonly Sql[];
  /** The most rows. */
  readonly most: number;
  /** The rows among some of the contacts that meet conditions, in the order of the list. */
  readonly rows: (contacts: Sql, conditions: readonly Sql[]) => Promise<Row[]>;
}

/**
 * Participant. The first who meet conditions, whoever was heard of last first. Row security keeps from the planner how many
 * have a label, an address or a value, so it would read everybody for what half of them have. So the list is walked a
 * little; whoever is rare there is looked up where an index knows them, or walked to where they are not too far.
 */
export async function readFirst<Row>(
  tx: WorkspaceTransaction,
  lookup: Lookup | null,
  { seen, others }: AskedConditions,
  { within, most, rows }: Reading<Row>,
): Promise<Row[]> {
  const walk = (length: number) =>
    rows(
      sql`(select * from contacts k where ${joinSql([...within, ...seen], ' and ')}
            order by k.last_seen_at desc, k.id desc limit ${sqlNumber(length)})`,
      others,
    );
  const found = await walk(near);
  if (found.length >= most) return found;
  const all = [...within, ...seen, ...others];
  const few = lookup !== null && found.length < enough ? await findFew(tx, lookup) : null;
  if (few !== null) return rows(sql`contacts`, [few, ...all]);
  // Twice as far as they would be if all stood as close together as those.
  const far = Math.ceil((2 * near * most) / found.length);
  const further = far <= furthest ? await walk(far) : [];
  if (further.length >= most) return further;
  // Those who are many stand further down the list.
  if (lookup !== null && lookup.keys.length === 0 && found.length < enough) return rows(sql`contacts`, all);
  // The fence keeps the planner from walking all the same: a few among all are sooner found in any order, and put into theirs.
  return rows(sql`(select * from contacts k where ${joinSql(all, ' and ')} offset 0)`, [sql`true`]);
}
