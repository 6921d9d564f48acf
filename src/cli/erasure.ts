import { openSystemDatabase } from '../platform/database/index.js';
import { currentEnvironment } from '../platform/config/index.js';
import { findEmbeddedRedis } from '../platform/embedded/index.js';
import { type ClearedPlace, ClearResidue, type ErasureStatus, Residue, readErasureStatus } from '../privacy/index.js';
import { type Command, Failed, type Given, type OfflineCommand, Refused, WrongUsage, textOf } from './command.js';
import { withUrls } from './open-database.js';
import { table } from './table.js';

const waitSeconds = 300;

export const erasureStatus: Command = {
  name: 'erasure status',
  takes: null,
  does: 'erasures that are not done, what may still lie on disk of those that are and by when it goes, holds; fails when late',
  options: {},
  async run(_given, databases) {
    const status = await readErasureStatus(databases);
    const answer = { text: statusInWords(status), json: status };
    if (!status.overdue) return answer;
    throw new Failed('Something is overdue.', answer);
  },
};

export const maintainErasure: OfflineCommand = {
  name: 'erasure maintain',
  takes: null,
  does: 'clears from disk now what erasures left there, as the server does each night: tables, statistics, logs, Redis',
  options: {
    'lock-seconds': {
      type: 'string',
      value: 'N',
      does: 'a table may be closed for so long (MAINTENANCE_LOCK_SECONDS without it)',
    },
    all: { type: 'boolean', does: 'everything, even where nothing was erased since the last time' },
  },
  offline: true,
  run: (given: Given) =>
    withUrls(async ({ appUrl, ownerUrl }) => {
      if (ownerUrl === null)
        throw new Refused(
          'Set DATABASE_OWNER_URL, as the migrations use it: only the owner of the tables may do this.',
        );
      const lockSeconds = secondsFrom(given);
      const database = await openSystemDatabase(appUrl);
      try {
        const residue = new Residue(database.system);
        if (given.options['all'] === true) await database.system.run((tx) => residue.note(tx));
        const redisUrl = await redisHere();
        const places = await new ClearResidue(residue).run({ ownerUrl, redisUrl }, { lockSeconds, waitSeconds });
        if (places === null)
          throw new Refused('Another process is clearing already. Ask `erasure status` how far it is.');
        return answered(places);
      } finally {
        await database.close();
      }
    }),
};

function secondsFrom(given: Given): number {
  const seconds = Number(textOf(given, 'lock-seconds') ?? currentEnvironment().MAINTENANCE_LOCK_SECONDS);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 86_400)
    throw new WrongUsage('--lock-seconds is a whole number from 1 to 86400.');
  return seconds;
}

async function redisHere(): Promise<string | null> {
  const { REDIS_URL: given, DATA_DIR: dataDir } = currentEnvironment();
  return given ?? (await findEmbeddedRedis(dataDir));
}

function answered(places: readonly ClearedPlace[]) {
  const left = places.filter(({ state }) => state === 'left');
  const answer = { text: placesInWords(places), json: { ok: left.length === 0, places } };
  if (left.length === 0) return answer;
  throw new Failed(`Not everything is clear: ${left.map(({ place }) => place).join(', ')}.`, answer);
}

function placesInWords(places: readonly ClearedPlace[]): string {
  if (places.length === 0) return 'Nothing was erased since the last time: there is nothing to clear.';
  const rows = places.map(({ place, state, seconds, bytes, problem }) => [
    place,
    state,
    seconds.toFixed(2),
    bytes === null ? '-' : (bytes / 1024 ** 2).toFixed(1),
    problem ?? '',
  ]);
  return table(['PLACE', 'STATE', 'SECONDS', 'MB', ''], rows);
}

function statusInWords({ erasures, residue, notOurs, lastCleared, holds }: ErasureStatus): string {
  const open = table(
    ['WORKSPACE', 'ERASURE', 'OF', 'SINCE', 'STATE', 'TRIES', 'REASON'],
    erasures.map((one) => [
      one.workspaceId,
      one.id,
      one.scope,
      toSeconds(one.since),
      one.overdue ? `${one.state}, overdue` : one.state,
      String(one.tries),
      one.reason ?? '-',
    ]),
  );
  const due = table(
    ['MAY STILL HOLD BYTES', 'SINCE', 'CLEAR BY', 'WHAT STANDS IN THE WAY'],
    residue.map((one) => [
      one.place,
      one.since === null ? '-' : toSeconds(one.since),
      `${toSeconds(one.dueBy)}${one.overdue ? ', overdue' : ''}`,
      one.problem ?? 'waits for the night',
    ]),
  );
  const last =
    lastCleared === null
      ? 'Nothing was cleared yet.'
      : `Last cleared: ${toSeconds(lastCleared.at)}, ${String(lastCleared.places)} places in ${lastCleared.seconds.toFixed(1)} s.`;
  return [
    erasures.length === 0 ? 'No erasure is open.' : open,
    residue.length === 0 ? 'Nothing of what was erased is known to be on disk.' : due,
    ...notOurs.map(({ place, problem }) => `Not ours to clear: ${place}. ${problem ?? ''}`),
    last,
    `Legal holds that stand: ${String(holds)}.`,
  ].join('\n\n');
}

function toSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
