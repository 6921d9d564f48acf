import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AuditCheckpoints, AuditHeads, type AuditVerdict, VerifyAudit } from '../../platform/audit/index.js';
import type { Config } from '../../platform/config/index.js';
import { DatabaseSnapshot, RowDigest, type RowSum, openSystemDatabase } from '../../platform/database/index.js';
import { startEmbeddedPostgres } from '../../platform/embedded/index.js';
import { openKeyRing } from '../../platform/secrets/index.js';
import type { BackupKeys } from './backup-keys.js';
import { loadBackup, requireKeysOf } from './load-backup.js';
import type { JournalPlace, Totals } from './manifest.js';
import { readParts } from './read-parts.js';

/** A backup, to be read as often as need be. */
export type BackupSource = () => AsyncIterable<Buffer>;

/** What was found of a backup. */
export interface BackupVerdict extends Totals {
  readonly at: string;
  readonly journal: JournalPlace | null;
  /** Tables that are not in the scratch database as they were when the backup was made. */
  readonly different: readonly string[];
  /** References between tables that do not hold: a workspace was being erased at that moment. */
  readonly unchecked: readonly string[];
  /** The audit logs in it; null where the deployment's keys are not here, which they are checked with. */
  readonly audit: readonly AuditVerdict[] | null;
}

/**
 * Reads a backup to its end, loads it into a Postgres of its own that is thrown away after, and compares each table with what
 * was counted and digested when the backup was made. The deployment's own database is not touched. `config` is of the
 * deployment, for the keys of its audit logs. Throws BackupDamaged.
 */
export async function verifyBackup(
  source: BackupSource,
  keys: BackupKeys,
  config: Config | null,
  say: (line: string) => void,
): Promise<BackupVerdict> {
  const whole = await readParts(source(), keys);
  if (config !== null) requireKeysOf(config, whole.manifest);
  say(
    `It is whole: ${String(whole.totals.rows)} rows, ${String(whole.totals.files)} files. Loading it into a scratch database.`,
  );
  const dataDir = await mkdtemp(path.join(tmpdir(), 'parley-verify-'));
  // Run by root, the database has an account of its own, which must be able to pass through.
  await chmod(dataDir, 0o711);
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    try {
      const unchecked = await loadBackup(source(), keys, whole, { ...postgres, files: null, say });
      const different = await differences(postgres.ownerUrl, whole.tables);
      const audit = config === null ? null : await auditsOf(config, dataDir, postgres.appUrl);
      const { at, journal } = whole.manifest;
      return { at, journal, ...whole.totals, different, unchecked, audit };
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Whether nothing is wrong with it. */
export function isGood({ different, audit }: BackupVerdict): boolean {
  return different.length === 0 && (audit ?? []).every(({ broken }) => broken === null);
}

/** The tables that do not hold the rows of which these are the sums. */
export function differences(ownerUrl: string, sums: ReadonlyMap<string, RowSum>): Promise<string[]> {
  return DatabaseSnapshot.take(ownerUrl, async (snapshot) => {
    const different = new Set(sums.keys());
    for (const table of await snapshot.tables()) {
      const digest = new RowDigest();
      for await (const chunk of snapshot.rows(table)) digest.add(chunk);
      const found = digest.end();
      const wanted = sums.get(table.name);
      // A partition that is made anew, and empty, was none then.
      if (wanted === undefined ? found.rows === 0 : found.digest === wanted.digest) different.delete(table.name);
      else different.add(table.name);
    }
    return [...different].sort();
  });
}

async function auditsOf(config: Config, dataDir: string, appUrl: string): Promise<AuditVerdict[]> {
  const database = await openSystemDatabase(appUrl);
  try {
    // With what the backup kept of keys that were taken out: what they signed is in it.
    const ring = await openKeyRing(config, database.system);
    // The heads outside the database are of now, and further than a backup is.
    const noHeads = new AuditHeads(config.at(dataDir), ring);
    const checkpoints = new AuditCheckpoints(ring);
    const verification = new VerifyAudit(database.workspaces, database.system, checkpoints, noHeads);
    const verdicts: AuditVerdict[] = [];
    for await (const id of verification.workspaceIds()) {
      const verdict = await verification.verify(id);
      if (verdict !== null) verdicts.push(verdict);
    }
    return verdicts;
  } finally {
    await database.close();
  }
}
