import pg from 'pg';
import { APP_ROLE, OWNER_ROLE } from '../support/database-names.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { readTables } from './catalog.js';
import { wallFaults } from './wall-faults.js';

const roles = { owner: OWNER_ROLE, app: APP_ROLE, definer: 'parley_definer' };

/** Ways to weaken the wall, each of which the catalog check must name. */
const mutants: readonly [what: string, change: string, named: RegExp][] = [
  ['row security off', 'alter table messages disable row level security', /messages has row security off/],
  ['the owner unbound', 'alter table contacts no force row level security', /contacts does not bind its owner/],
  ['the policy gone', 'drop policy workspace on members', /members has no policy `workspace`/],
  [
    'a policy that lets all through',
    'alter policy workspace on drafts using (true)',
    /drafts has no policy `workspace`/,
  ],
  ['a policy without its write side', 'alter policy workspace on drafts with check (true)', /drafts has no policy/],
  ['one more policy', 'create policy more on bots using (true)', /bots has a policy that nobody reviewed: more/],
  ['maintenance for everyone', 'alter policy maintenance on files to public', /files has no policy `maintenance`/],
  [
    'a nullable workspace',
    'create table loose (workspace_id uuid, id uuid primary key)',
    /loose.workspace_id may be null/,
  ],
  ['a table nobody thought of', 'create table stray (id uuid primary key)', /stray has no workspace_id and no reason/],
  ['a key across workspaces', 'create unique index leak on contacts (name)', /leak is unique across workspaces/],
  [
    'a reference across workspaces',
    'create unique index lone on conversations (id); ' +
      'alter table drafts add constraint far foreign key (conversation_id) references conversations (id)',
    /drafts.far may point at another workspace's row/,
  ],
  ['TRUNCATE for the server', `grant truncate on messages to ${APP_ROLE}`, /parley_app has TRUNCATE on messages/],
  ['REFERENCES for the server', `grant references on messages to ${APP_ROLE}`, /parley_app has REFERENCES on messages/],
  ['rights for everyone', 'grant select on bots to public', /public has SELECT on bots/],
  ['rights on a partition', `grant select on deliveries_default to ${APP_ROLE}`, /the partition deliveries_default/],
  [
    'the directory opened to the server',
    `grant select on channel_directory to ${APP_ROLE}`,
    /parley_app has SELECT on channel_directory/,
  ],
  [
    'a log that can be rewritten',
    `grant update on audit_entries to ${APP_ROLE}`,
    /parley_app has UPDATE on audit_entries/,
  ],
  [
    'one column for everyone',
    'grant select (text) on messages to public',
    /public has SELECT on the column messages.text/,
  ],
  [
    'one more column for the functions',
    'grant select (text) on drafts to parley_definer',
    /parley_definer has SELECT on the column drafts.text/,
  ],
  [
    'a sequence, which counts across workspaces',
    `create sequence tickets; grant usage on sequence tickets to ${APP_ROLE}`,
    /parley_app has USAGE on the sequence tickets/,
  ],
  [
    'rights on what is made next',
    `alter default privileges in schema public grant select on tables to ${APP_ROLE}`,
    /parley_app will have SELECT on whatever is made next/,
  ],
  ['a schema that nobody looks into', 'create schema aside', /there is a schema aside/],
  [
    'a workspace before any transaction',
    `alter role ${APP_ROLE} set app.workspace_id = '0190a000-0000-7000-8000-000000000000'`,
    /parley_app brings along a setting: app.workspace_id/,
  ],
  ['DDL for the server', `grant create on schema public to ${APP_ROLE}`, /may create in the schema/],
  ['rights of the functions', `grant parley_definer to ${APP_ROLE}`, /is a member of parley_definer/],
  [
    'a function for everyone',
    'grant execute on function route_accounts(bytea[]) to public',
    /everyone may call route_accounts/,
  ],
  [
    'a search path left open',
    'alter function roll_deliveries() reset search_path',
    /roll_deliveries\(\) has no fixed search_path/,
  ],
  [
    'a function nobody reviewed',
    `create function peek() returns bigint language sql security definer set search_path = pg_catalog as 'select 1::bigint'`,
    /peek\(\) sees past row security and nobody reviewed it/,
  ],
  ["a view with its owner's eyes", 'create view everything as select * from messages', /everything shows rows/],
];

describe('the wall between workspaces', () => {
  let database: TestDatabase;
  let admin: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    const url = new URL(process.env['PARLEY_TEST_ADMIN_URL'] ?? '');
    url.pathname = new URL(database.ownerUrl).pathname;
    admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
  });

  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  it('T1 T5 T6 T7 T13: stands around every table, role, right, key, function and view [promise 23]', async () => {
    expect(await wallFaults(admin, roles)).toEqual([]);
  });

  it('T1: is around more than a handful of tables', async () => {
    const walled = (await readTables(admin)).filter((table) => table.rowSecurity);
    expect(walled.length).toBeGreaterThan(30);
  });

  it.each(mutants)('T14: is seen to have a hole: %s', async (_what, change, named) => {
    await admin.query('begin');
    try {
      await admin.query(change);
      expect(await wallFaults(admin, roles)).toEqual(expect.arrayContaining([expect.stringMatching(named)]));
    } finally {
      await admin.query('rollback');
    }
  });
});
