import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { Config } from '../../src/platform/config/index.js';
import { FileStore } from '../../src/platform/files/index.js';
import { BackupFolder } from '../../src/privacy/backup/backup-folder.js';
import { BackupKeys } from '../../src/privacy/backup/backup-keys.js';
import { type CreatedBackup, createBackup } from '../../src/privacy/backup/create-backup.js';
import type { JournalPlace } from '../../src/privacy/backup/manifest.js';
import { TwoInboxes } from '../isolation/two-inboxes.js';

/** A furnished server and a folder of backups of it. */
export class BackupUnderTest {
  readonly keys = new BackupKeys(randomBytes(32).toString('base64'));
  journal: JournalPlace | null = null;

  private constructor(
    readonly inboxes: TwoInboxes,
    readonly folder: string,
    readonly place: BackupFolder,
  ) {}

  static async start(): Promise<BackupUnderTest> {
    const inboxes = await TwoInboxes.start();
    const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'backups-'));
    return new BackupUnderTest(inboxes, folder, new BackupFolder(folder));
  }

  async stop(): Promise<void> {
    await this.inboxes.stop();
  }

  get app() {
    return this.inboxes.story.app;
  }

  get config(): Config {
    return this.app.app.get(Config);
  }

  get files(): FileStore {
    return this.app.app.get(FileStore);
  }

  create(files: Pick<FileStore, 'read'> = this.files): Promise<CreatedBackup> {
    return createBackup({
      ownerUrl: this.app.database.ownerUrl,
      files,
      keys: this.keys,
      place: this.place,
      journal: () => Promise.resolve(this.journal),
      say: () => undefined,
    });
  }
}

/** Every row of every table, partitions by themselves, as its owner sees them; tables without a row are left out. */
export async function everyRow(ownerUrl: string): Promise<Map<string, readonly string[]>> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
    );
    const found = new Map<string, readonly string[]>();
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
      if (rows.length > 0)
        found.set(
          name,
          rows.map(({ row }) => row),
        );
    }
    return found;
  } finally {
    await client.end();
  }
}

/** What stands in the catalog, beside rows: constraints, triggers, row security. */
export async function catalogOf(ownerUrl: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>(`
      select c.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid) || ' ' || k.convalidated as line
        from pg_constraint k join pg_class c on c.oid = k.conrelid where c.relnamespace = 'public'::regnamespace and not c.relispartition
      union all
      select c.relname || ' ' || t.tgname || ' ' || t.tgenabled::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
       where not t.tgisinternal and not c.relispartition and c.relnamespace = 'public'::regnamespace
      union all
      select relname || ' ' || relrowsecurity || ' ' || relforcerowsecurity from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
       order by 1`);
    return rows.map(({ line }) => line);
  } finally {
    await client.end();
  }
}
