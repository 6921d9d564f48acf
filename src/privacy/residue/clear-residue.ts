import { DatabaseUpkeep, type Rewritten } from '../../platform/database/index.js';
import { rewriteRedisFiles } from '../../platform/queue/index.js';
import { type Residue, type ResidueOf, namedPlaces, placeOfTable } from './residue.js';

/** Where the servers are whose files are to be cleared. */
interface ClearedServers {
  /** For the owner of the tables: nobody else may rewrite them. */
  readonly ownerUrl: string;
  /** Null where there is none. */
  readonly redisUrl: string | null;
}

/** How far clearing may go. */
interface ClearingLimits {
  /** For so long a table may be closed to everybody else. */
  readonly lockSeconds: number;
  /** So long it waits for transactions that began before. */
  readonly waitSeconds: number;
  readonly signal?: AbortSignal;
}

/** What became of one place. */
export interface ClearedPlace {
  readonly place: string;
  readonly state: 'cleared' | 'left' | 'not ours';
  /** Of a table, the time in which nobody else could use it. */
  readonly seconds: number;
  readonly bytes: number | null;
  readonly problem: string | null;
}

/** A table takes about so long for each byte, until it was measured here; its indexes are most of it. */
const secondsPerByte = 45 / 1024 ** 3;
const measurable = 32 * 1024 ** 2;
/** A forecast is no promise: what may take a little longer than allowed is tried. */
const benefitOfDoubt = 1.5;

/**
 * Clears from disk what erasures left there: rewrites the files of every table (what is nobody's by its columns may go
 * with somebody all the same), then the planner's statistics, the log of what was written, and the files of Redis. Each place is noted when it is done, so that it
 * may be killed anywhere and goes on with the next.
 */
export class ClearResidue {
  constructor(private readonly residue: Residue) {}

  /** Null while another process does it. */
  async run(servers: ClearedServers, limits: ClearingLimits): Promise<ClearedPlace[] | null> {
    const upkeep = await DatabaseUpkeep.open(servers.ownerUrl);
    if (upkeep === null) return null;
    // What goes on may take a minute; whoever stops does not wait for it, and it is done again.
    const end = () => void upkeep.close();
    limits.signal?.addEventListener('abort', end);
    try {
      const files = await upkeep.files();
      const places = [...files.map(({ name }) => placeOfTable(name)), ...namedPlaces];
      if ((await this.residue.spread(places)) === 0) return [];
      return await this.clear(upkeep, servers, limits);
    } finally {
      limits.signal?.removeEventListener('abort', end);
      await upkeep.close();
    }
  }

  private async clear(
    upkeep: DatabaseUpkeep,
    servers: ClearedServers,
    limits: ClearingLimits,
  ): Promise<ClearedPlace[]> {
    const known = await this.residue.all();
    const due = new Map(known.filter(({ since }) => since !== null).map((one) => [one.place, one]));
    const done: ClearedPlace[] = [];
    const isStopped = () => limits.signal?.aborted === true;
    const step = async (place: string, bytes: number | null, work: () => Promise<Outcome>): Promise<void> => {
      if (!due.has(place) || isStopped()) return;
      due.delete(place);
      const outcome = await attempt(work);
      if (isStopped()) return;
      const result = await this.note(place, bytes, outcome);
      if (result !== null) done.push(result);
    };
    const tables = await upkeep.files();
    const past = tables.some(({ name }) => due.has(placeOfTable(name)))
      ? await upkeep.waitForOpenTransactions(limits.waitSeconds)
      : true;
    for (const { name, bytes } of tables) {
      const place = placeOfTable(name);
      const seconds = forecast(bytes, due.get(place));
      await step(place, bytes, () => rewriteTable(upkeep, name, seconds, limits, past));
    }
    for (const place of [...due.keys()].filter((one) => one.startsWith(placeOfTable(''))))
      if (!tables.some(({ name }) => placeOfTable(name) === place)) await this.residue.forget(place);
    await step('statistics', null, async () => {
      const outcome = await upkeep.statistics(limits.lockSeconds, limits.waitSeconds);
      return 'elsewhere' in outcome ? { elsewhere: outcome.elsewhere } : inWords(outcome, null, limits);
    });
    // Last of what Postgres has: what was rewritten stood in the log until now, with what was erased beside it.
    const [log] = known.filter(({ place }) => place === 'log');
    if (log !== undefined && done.some(({ state }) => state === 'cleared')) due.set('log', log);
    await step('log', null, () => clearLog(upkeep));
    await step('redis', null, () => clearRedis(servers.redisUrl));
    return done;
  }

  private async note(place: string, bytes: number | null, outcome: Timed): Promise<ClearedPlace | null> {
    const { seconds } = outcome;
    if ('gone' in outcome) {
      await this.residue.forget(place);
      return null;
    }
    if ('problem' in outcome || 'elsewhere' in outcome) {
      const isOurs = 'problem' in outcome;
      const problem = 'problem' in outcome ? outcome.problem : outcome.elsewhere;
      await this.residue.left(place, problem, isOurs);
      return { place, state: isOurs ? 'left' : 'not ours', seconds, bytes, problem };
    }
    await this.residue.cleared(place, seconds, bytes);
    return { place, state: 'cleared', seconds, bytes, problem: null };
  }
}

/** What a step came to: done, gone with its place, left for a reason, or not ours to do. */
type Outcome =
  | { readonly done: number | null }
  | { readonly gone: true }
  | { readonly problem: string }
  | { readonly elsewhere: string };
type Timed = Outcome & { readonly seconds: number };

/** One place that fails keeps no other from being cleared. */
async function attempt(work: () => Promise<Outcome>): Promise<Timed> {
  const began = performance.now();
  const outcome = await work().catch((error: unknown): Outcome => ({
    problem: `It failed: ${(error as Error).message}`,
  }));
  const took = (performance.now() - began) / 1_000;
  return { ...outcome, seconds: 'done' in outcome ? (outcome.done ?? took) : took };
}

async function rewriteTable(
  upkeep: DatabaseUpkeep,
  table: string,
  seconds: number,
  limits: ClearingLimits,
  past: boolean,
): Promise<Outcome> {
  if (!past)
    return {
      problem: `A transaction that began before has been open for ${String(limits.waitSeconds)} s, such as a backup's, and still sees what was erased.`,
    };
  if (seconds > limits.lockSeconds * benefitOfDoubt) return { problem: tooLong(seconds, limits) };
  return inWords(await upkeep.rewrite(table, limits.lockSeconds), seconds, limits);
}

/** By what it took here before, where it was large enough to tell; else by what a table of its size takes on a small machine. */
function forecast(bytes: number, before: ResidueOf | undefined): number {
  const { bytes: then, seconds } = before ?? { bytes: null, seconds: null };
  const measured = then !== null && seconds !== null && then > measurable;
  return bytes * (measured ? seconds / then : secondsPerByte);
}

function inWords(outcome: Rewritten, expected: number | null, limits: ClearingLimits): Outcome {
  switch (outcome.outcome) {
    case 'done':
      return { done: outcome.seconds };
    case 'gone':
      return { gone: true };
    case 'busy':
      return { problem: 'It was in use each time it was tried.' };
    case 'too long':
      return { problem: tooLong(Math.max(expected ?? 0, limits.lockSeconds), limits) };
  }
}

function tooLong(seconds: number, { lockSeconds }: ClearingLimits): string {
  return (
    `It would be closed to everybody for about ${String(Math.ceil(seconds))} s, and ${String(lockSeconds)} s are allowed. ` +
    `In a quiet hour: erasure maintain --lock-seconds ${String(Math.ceil(seconds * 2))}`
  );
}

async function clearLog(upkeep: DatabaseUpkeep): Promise<Outcome> {
  if (!(await upkeep.log.mayClear()))
    return {
      elsewhere:
        'The tables’ owner may not clear the log of Postgres: whoever runs it has to, or to grant it (docs/erasure.md says what).',
    };
  const { older, keptBy } = await upkeep.log.clear();
  if (older === 0) return { done: null };
  const by = keptBy.length === 0 ? 'a setting such as wal_keep_size, or an archive that is behind' : keptBy.join(', ');
  return { problem: `${String(older)} segments of the log of Postgres are kept by ${by}.` };
}

async function clearRedis(url: string | null): Promise<Outcome> {
  if (url === null) return { done: null };
  const files = await rewriteRedisFiles(url);
  if (files.outcome === 'done') return { done: null };
  return files.outcome === 'elsewhere' ? { elsewhere: files.why } : { problem: files.why };
}
