import { migrationSource } from '../../../ormconfig.js';
import { migrations } from '../../../migrations/index.js';
import { useVectorExtension } from '../../../migrations/vector-extension.js';

/** The names of all migrations of this release. */
export const migrationNames: ReadonlySet<string> = new Set(migrations.map(({ name }) => name));

/**
 * Brings the database to the newest migration, as its owner. Starts at the same moment wait for one another.
 * Gives the names of what was applied.
 */
export async function migrateDatabase(options: {
  readonly ownerUrl: string;
  readonly appRole: string;
  readonly log: (message: string) => void;
  /** Names of those to be applied, and no others: what a backup was made with. All when left out. */
  readonly only?: readonly string[];
}): Promise<string[]> {
  const source = migrationSource(options.ownerUrl, options.appRole, options.only ?? null);
  await source.initialize();
  try {
    const lock = source.createQueryRunner();
    await lock.connect();
    await lock.query(`select pg_advisory_lock(hashtext('parley.migrate'))`);
    try {
      const applied = await source.runMigrations({ transaction: 'each' });
      for (const migration of applied) options.log(`applied ${migration.name}`);
      await useVectorExtension((text) => lock.query(text) as Promise<Record<string, unknown>[]>, options.log);
      return applied.map((migration) => migration.name);
    } finally {
      await lock.query(`select pg_advisory_unlock(hashtext('parley.migrate'))`);
      await lock.release();
    }
  } finally {
    await source.destroy();
  }
}

/** The role that a database URL signs in as. */
export function roleOf(databaseUrl: string): string {
  return decodeURIComponent(new URL(databaseUrl).username);
}
