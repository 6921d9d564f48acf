import { setTimeout as sleep } from 'node:timers/promises';
import type { Site } from './site.js';
import type { Traffic } from './traffic.js';

/** Where two ledgers disagree: empty lists are what a run has to end with. */
export interface Differences {
  /** Acknowledged, and not in Postgres. */
  readonly lost: readonly string[];
  /** In Postgres, and never said. */
  readonly invented: readonly string[];
  /** In Postgres more than once. */
  readonly doubled: readonly string[];
  /** Stored otherwise than the platform said. */
  readonly otherwise: readonly string[];
  /** Conversations whose count of unread messages is not the number of messages that came. */
  readonly miscounted: readonly string[];
  /** Messages that the feed told not once. */
  readonly toldNotOnce: readonly string[];
  /** Numbers that the feed left out or gave twice. */
  readonly gaps: readonly string[];
  /** Jobs and deliveries that wait though everything is done. */
  readonly leftOver: readonly string[];
}

export const none: Differences = {
  lost: [],
  invented: [],
  doubled: [],
  otherwise: [],
  miscounted: [],
  toldNotOnce: [],
  gaps: [],
  leftOver: [],
};

interface Stored {
  readonly externalId: string;
  readonly direction: string;
  readonly text: string | null;
  readonly deleted: boolean;
}

/**
 * Waits until no delivery waits any more; gives how many milliseconds that took. A slow machine may take its time: what
 * fails is a queue that does not get shorter for `patience`.
 */
export async function drained(site: Site, patience: number): Promise<number> {
  const since = performance.now();
  let best = Number.POSITIVE_INFINITY;
  let bestAt = since;
  for (;;) {
    const rows = await site.ask<{ attempts: number; waiting: number }>(
      'select attempts, count(*)::int as waiting from deliveries where set_aside_at is null group by 1 order by 1',
    );
    const waiting = rows.reduce((sum, row) => sum + row.waiting, 0);
    const now = performance.now();
    if (waiting === 0) return now - since;
    if (waiting < best) [best, bestAt] = [waiting, now];
    if (now - bestAt > patience)
      throw new Error(
        `The queue got no shorter for ${String(patience)} ms: ${JSON.stringify(rows)}\n${site.worker.log}`,
      );
    await sleep(200);
  }
}

/** Compares what was acknowledged to the platform with what Postgres holds. Everything was acknowledged by now. */
export async function compare(site: Site, traffic: Traffic): Promise<Differences> {
  const stored = await site.ask<Stored>(
    `select external_id as "externalId", direction, text, deleted_at is not null as deleted from messages order by external_id`,
  );
  const byId = new Map(stored.map((row) => [row.externalId, row]));
  const { expected } = traffic;
  const some = (names: Iterable<string>) => [...names].slice(0, 20);
  return {
    lost: some([...expected.keys()].filter((id) => !byId.has(id))),
    invented: some([...byId.keys()].filter((id) => !expected.has(id))),
    doubled: some(stored.map((row) => row.externalId).filter((id, index, all) => index > 0 && all[index - 1] === id)),
    otherwise: some(
      stored
        .filter((row) => {
          const said = expected.get(row.externalId);
          if (said === undefined) return false;
          return said.direction !== row.direction || said.text !== row.text || said.deleted !== row.deleted;
        })
        .map((row) => `${JSON.stringify(row)} instead of ${JSON.stringify(expected.get(row.externalId))}`),
    ),
    miscounted: await names(
      site,
      `select c.id || ': ' || c.unread_count || ' instead of ' || count(m.id) as name from conversations c
         left join messages m on m.workspace_id = c.workspace_id and m.conversation_id = c.id and m.direction = 'INBOUND'
        group by c.workspace_id, c.id having c.unread_count <> count(m.id) limit 20`,
    ),
    toldNotOnce: await names(
      site,
      `select m.external_id || ': ' || count(e.seq) as name from messages m
         left join workspace_events e on e.workspace_id = m.workspace_id and e.kind = 'MessageAdded' and e.ids[1] = m.id
        group by m.workspace_id, m.id having count(e.seq) <> 1 limit 20`,
    ),
    gaps: await names(
      site,
      `select workspace_id || ': ' || events || ' by the counter, ' || told || ' told, the last ' || last as name
         from (select k.workspace_id, k.events, count(e.seq) as told, coalesce(max(e.seq), 0) as last
                 from workspace_counters k left join workspace_events e using (workspace_id) group by k.workspace_id, k.events) feeds
        where events <> told or events <> last`,
    ),
    leftOver: await names(
      site,
      `select kind || ' ' || row_id || ', ' || attempts || ' tries' || coalesce(', ' || reason, '') || case when leased_until > now() then ', taken' else '' end as name from due where due_at <= now()
       union all select 'delivery ' || id from deliveries where set_aside_at is null limit 20`,
    ),
  };
}

/** What was set aside, by its reason. */
export async function setAside(site: Site): Promise<Map<string, number>> {
  const rows = await site.ask<{ reason: string; count: number }>(
    'select reason, count(*)::int as count from deliveries where set_aside_at is not null group by 1',
  );
  return new Map(rows.map((row) => [row.reason, row.count]));
}

async function names(site: Site, text: string): Promise<string[]> {
  return (await site.ask<{ name: string }>(text)).map((row) => row.name);
}
