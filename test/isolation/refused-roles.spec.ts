import pg from 'pg';
import { Database } from '../../src/platform/database/database.js';
import { APP_ROLE, OWNER_ROLE } from '../support/database-names.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { TestServer } from '../support/server.js';

const password = 'of-a-role-for-one-test';

/** Roles that row security does not bind, or not wholly, and the words in which each is refused. */
const unbound: readonly [name: string, create: readonly string[], words: RegExp][] = [
  ['test_superuser', ['superuser'], /is a superuser/],
  ['test_bypasser', ['nosuperuser bypassrls'], /may bypass row-level security/],
  ['test_heir', ['nosuperuser nobypassrls', `in role ${OWNER_ROLE}`], /owns tables/],
  ['test_peeper', ['nosuperuser nobypassrls', 'in role parley_definer'], /has the rights of parley_definer/],
];

describe('a database role that row security does not bind', () => {
  let database: TestDatabase;
  let admin: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    admin = new pg.Client({ connectionString: process.env['PARLEY_TEST_ADMIN_URL'] ?? '' });
    await admin.connect();
    for (const [name, options] of unbound) {
      await admin.query(`create role ${name} login ${options.join(' ')} password '${password}'`);
      await admin.query(`grant connect on database ${new URL(database.ownerUrl).pathname.slice(1)} to ${name}`);
    }
  });

  afterAll(async () => {
    await database.drop();
    for (const [name] of unbound) await admin.query(`drop role ${name}`);
    await admin.end();
  });

  function signedInAs(name: string): string {
    const url = new URL(database.appUrl);
    url.username = name;
    url.password = password;
    return url.href;
  }

  it.each(unbound)('T2: is refused, in words: %s', async (name, _options, words) => {
    await expect(Database.connect(signedInAs(name), 1)).rejects.toThrow(words);
  });

  it('T2: is refused when it is the owner', async () => {
    await expect(Database.connect(database.ownerUrl, 1)).rejects.toThrow(
      `Parley does not start as the database role "${OWNER_ROLE}": it owns tables`,
    );
  });

  it('T2: is not the one that the server has', async () => {
    const connected = await Database.connect(database.appUrl, 1);
    await connected.close();
    expect(new URL(database.appUrl).username).toBe(APP_ROLE);
  });

  it.each(['test_superuser', 'test_bypasser', OWNER_ROLE])(
    'T2: ends the process that starts as it: %s',
    async (name) => {
      const url = name === OWNER_ROLE ? database.ownerUrl : signedInAs(name);
      const server = await TestServer.prepare(database, { DATABASE_URL: url, ROLE: 'worker' });
      await expect(server.start()).rejects.toThrow(`Parley does not start as the database role "${name}"`);
      expect(await server.stop()).toBe(1);
    },
  );
});
