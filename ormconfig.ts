import { DataSource } from 'typeorm';
import { migrations } from './migrations/index.js';

/**
 * The data source of the migrations, signed in as the owner of the tables. The server itself runs as another role,
 * whose name the migrations need for their grants. `only` names those that a backup had.
 */
export function migrationSource(ownerUrl: string, appRole: string, only: readonly string[] | null = null): DataSource {
  return new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: only === null ? migrations : migrations.filter(({ name }) => only.includes(name)),
    migrationsTableName: 'migrations',
    applicationName: 'parley-migrate',
    extra: { max: 2, options: `-c parley.app_role=${appRole.replace(/[\\ ]/g, '\\$&')}` },
  });
}
