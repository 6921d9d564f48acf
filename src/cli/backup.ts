import { openFileStore } from '../platform/files/index.js';
import {
  backupKeysFor,
  createBackup as create,
  isGood,
  pruneBackups as prune,
  verifyBackup as verify,
} from '../privacy/index.js';
import { hasKeys, inWords, requireDeployment, ringOf, withBackups, withJournal } from './backup-surroundings.js';
import { keysHere, nameFrom, progress, sourceOf } from './backup-source.js';
import { Failed, type Given, type OfflineCommand, Refused } from './command.js';
import { withUrls } from './open-database.js';
import { table } from './table.js';

const thinning = {
  thin: {
    type: 'boolean',
    does: 'for a schedule of minutes: keeps all of a day, then one an hour for a week, then one a day',
  },
} as const;

export const createBackup: OfflineCommand = {
  name: 'backup create',
  takes: null,
  does: 'database and files at one moment, sealed with BACKUP_KEY, kept at BACKUP_URL; removes those that are too old',
  options: thinning,
  offline: true,
  run: (given) =>
    withBackups(async (config, place, http) => {
      requireDeployment();
      return withUrls(async ({ appUrl, ownerUrl }) => {
        if (ownerUrl === null)
          throw new Refused(
            'Set DATABASE_OWNER_URL, as the migrations use it: the server’s own role cannot read every table.',
          );
        const files = openFileStore(config, http, await ringOf(config, appUrl));
        const keys = backupKeysFor(config, progress);
        const journal = () => withJournal(config, appUrl, http, (kept) => kept.position());
        const made = await create({ ownerUrl, files, keys, place, journal, say: progress });
        const pruned = await prune(place, { thin: given.options['thin'] === true });
        const missing = made.missingFiles === 0 ? '' : ` ${String(made.missingFiles)} files were not there.`;
        const text =
          `${made.name}: ${String(made.rows)} rows of ${String(made.tables)} tables and ${String(made.files)} files, ` +
          `${inWords(made.size)}, in ${made.seconds.toFixed(1)} s, at ${place.where}.${missing}` +
          ` What happens from ${made.createdAt.toISOString()} on is not in it.${prunedWords(pruned.length)}`;
        return { text, json: { ...made, where: place.where, pruned } };
      });
    }),
};

export const listBackups: OfflineCommand = {
  name: 'backup list',
  takes: null,
  does: 'the backups that are kept at BACKUP_URL, the oldest first',
  options: {},
  offline: true,
  run: () =>
    withBackups(async (_config, place) => {
      const backups = await place.list();
      const rows = backups.map(({ name, createdAt, size }) => [name, createdAt.toISOString(), inWords(size)]);
      const text = backups.length === 0 ? `There is none at ${place.where}.` : table(['NAME', 'MADE', 'SIZE'], rows);
      return { text, json: { where: place.where, backups } };
    }),
};

export const pruneBackups: OfflineCommand = {
  name: 'backup prune',
  takes: null,
  does: 'removes backups before they are 90 days old, and logs each beside them; the server does the same',
  options: thinning,
  offline: true,
  run: (given) =>
    withBackups(async (_config, place) => {
      const pruned = await prune(place, { thin: given.options['thin'] === true });
      const names = pruned.map(({ name }) => name).join(', ');
      const text = pruned.length === 0 ? 'None has to go.' : `Removed: ${names}.`;
      return { text, json: { pruned } };
    }),
};

export const verifyBackup: OfflineCommand = {
  name: 'backup verify',
  takes: 'FILE',
  does: 'restores a backup into a scratch database and compares: every part, table, file, and the audit logs',
  options: {},
  offline: true,
  run: (given: Given) =>
    withBackups(async (config, place) => {
      const name = nameFrom(given);
      const keys = keysHere(config);
      const verdict = await verify(await sourceOf(name, place), keys, hasKeys() ? config : null, progress);
      const { different, unchecked, audit } = verdict;
      const counts = `${String(verdict.rows)} rows of ${String(verdict.tables)} tables and ${String(verdict.files)} files of ${verdict.at}`;
      const json = { ok: isGood(verdict), name, ...verdict };
      const audits =
        audit === null
          ? ' The audit logs were not checked: the keys of the deployment are not here.'
          : ` ${String(audit.length)} audit logs were walked.`;
      const loose =
        unchecked.length === 0
          ? ''
          : ` A workspace was being erased then, so these do not hold yet: ${unchecked.join(', ')}.`;
      if (json.ok) return { text: `${name} is good: ${counts} are as they were.${audits}${loose}`, json };
      const broken = (audit ?? [])
        .filter((log) => log.broken !== null)
        .map((log) => `the audit log of ${log.workspaceId}`);
      throw new Failed(`${name} is not as it was made: ${[...different, ...broken].join(', ')}.`, {
        text: counts,
        json,
      });
    }),
};

function prunedWords(count: number): string {
  if (count === 0) return '';
  return ` ${String(count)} older ${count === 1 ? 'one was' : 'ones were'} removed.`;
}
