import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { migrations } from '../../migrations/index.js';
import { migrationSource } from '../../ormconfig.js';
import { migrateDatabase } from '../../src/platform/database/index.js';
import { APP_ROLE, OWNER_ROLE, withDatabase } from '../support/database-names.js';
import { type TestDatabase, asAdmin, createTestDatabase } from '../support/database.js';
import { printCatalog } from './printed/catalog.js';

/** Those that came behind others with a later number: a database may have the later ones already. */
const cameLate = [
  { late: ['DraftChanges1763710810000'] },
  { late: ['DraftChanges1763710810000', 'Presences1763720000000'] },
  { late: ['MessageRatings1763700910000', 'DraftChanges1763710810000'] },
];

/** What adds to the same tables since: no database that misses those has it, and columns stand in the order in which they came. */
const since = ['LeadDrafts1763770003100'];

describe('a database that has newer migrations and misses older ones', () => {
  let fresh: TestDatabase;
  let name: string;
  let ownerUrl: string;

  beforeAll(async () => {
    fresh = await createTestDatabase();
  });
  afterAll(() => fresh.drop());
  beforeEach(async () => {
    name = `test_${randomUUID().replaceAll('-', '')}`;
    ownerUrl = withDatabase(fresh.ownerUrl, name);
    await asAdmin(async (client) => {
      await client.query(`create database ${name} owner ${OWNER_ROLE}`);
      await client.query(`revoke all on database ${name} from public`);
    });
  });
  afterEach(() => asAdmin((client) => client.query(`drop database if exists ${name} with (force)`)));

  async function catalogOf(url: string): Promise<string> {
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    try {
      return await printCatalog({ owner });
    } finally {
      await owner.end();
    }
  }

  /** Migrates it as a version did that did not know of some. */
  async function applyAllBut(left: readonly string[]): Promise<void> {
    const source = migrationSource(ownerUrl, APP_ROLE);
    source.setOptions({ migrations: migrations.filter((one) => !left.includes(one.name)) });
    await source.initialize();
    const applied = await source.runMigrations({ transaction: 'each' });
    await source.destroy();
    expect(applied).toHaveLength(migrations.length - left.length);
  }

  it.each(cameLate)('is given $late, and is then as a fresh one', async ({ late }) => {
    const missing = [...late, ...since];
    await applyAllBut(missing);
    const wanted = await catalogOf(fresh.ownerUrl);
    expect(await catalogOf(ownerUrl)).not.toBe(wanted);
    const lines: string[] = [];
    const migrate = () => migrateDatabase({ ownerUrl, appRole: APP_ROLE, log: (line) => lines.push(line) });
    expect(await migrate()).toEqual(missing);
    expect(lines).toEqual(missing.map((one) => `applied ${one}`));
    expect(await catalogOf(ownerUrl)).toBe(wanted);
    expect(await migrate()).toEqual([]);
  });
});
