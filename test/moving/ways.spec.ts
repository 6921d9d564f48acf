import { storedSecrets } from '../../src/cli/stored-secrets.js';
import type { Moving } from '../../src/platform/personal-data/index.js';
import { ways } from '../../src/privacy/moving/ways.js';
import { type Table, readTables } from '../isolation/catalog.js';
import { ownersLook } from '../support/owners-look.js';

/** What is wrong with the words on how tables travel, against the tables that there are. */
function faults(tables: readonly Table[], said: Moving): string[] {
  const walled = tables.filter(({ key }) => key !== null);
  const unknown = Object.keys(said).filter((name) => !walled.some((table) => table.name === name));
  return [
    ...unknown.map((name) => `${name} is not there.`),
    ...walled.flatMap(({ name, columns }) => {
      const way = said[name];
      if (way === undefined) return [`${name} has no word on how it travels.`];
      if ('stays' in way) return [];
      const spoken = [...way.carried.split(' '), ...Object.keys(way.left ?? {})];
      const real = columns.filter(({ generated }) => !generated).map((column) => column.name);
      return [
        ...real.filter((column) => !spoken.includes(column)).map((column) => `${name}.${column}: does it travel?`),
        ...spoken.filter((column) => !real.includes(column)).map((column) => `${name}.${column} is not there.`),
        ...spoken
          .filter((column, at) => spoken.indexOf(column) !== at)
          .map((column) => `${name}.${column}: said twice.`),
      ];
    }),
  ];
}

describe('how tables travel with a workspace', () => {
  const owner = ownersLook();

  it('is said of each table with rows of workspaces, and of each of its columns', async () => {
    const tables = await readTables(owner());
    expect(tables.filter(({ key }) => key !== null).length).toBeGreaterThan(50);
    expect(faults(tables, ways)).toEqual([]);
  });

  it('fails for a new table and a new column that nobody decided on, and for one that is gone', async () => {
    await owner().query('begin');
    await owner().query('create table diaries (workspace_id uuid not null, id uuid)');
    await owner().query('alter table contacts add column nickname text');
    await owner().query('alter table contact_notes drop column text');
    const found = faults(await readTables(owner()), ways);
    await owner().query('rollback');
    expect(found.sort()).toEqual([
      'contact_notes.text is not there.',
      'contacts.nickname: does it travel?',
      'diaries has no word on how it travels.',
    ]);
  });

  it('leaves no secret in what travels: each encrypted column stays, or is opened for the way because it is none', () => {
    const travelling = storedSecrets.ofWorkspaces.filter(({ table, column }) => {
      const way = ways[table];
      return way === undefined || ('carried' in way && way.carried.split(' ').includes(column));
    });
    expect(travelling.map(({ table, column }) => `${table}.${column}`)).toEqual(['privacy_requests.details']);
    for (const { table, column } of travelling)
      expect(ways[table]).toMatchObject({ sealed: { [column]: expect.any(Function) } });
  });

  it('carries no other bytes than digests of what travels itself', async () => {
    const bytes = (await readTables(owner())).flatMap(({ name, columns }) => {
      const way = ways[name];
      if (way === undefined || 'stays' in way) return [];
      const carried = way.carried.split(' ');
      return columns
        .filter(({ type, name: column }) => type === 'bytea' && carried.includes(column))
        .map((column) => `${name}.${column.name}`);
    });
    // A new one is looked at by a person: is it a secret, or a digest under a key of this deployment?
    expect(bytes).toEqual([
      'audit_entries.salt',
      'audit_entries.commitment',
      'audit_entries.hash',
      'files.sha256',
      'knowledge_sources.digest',
      'privacy_requests.details',
    ]);
  });
});
