import pg from 'pg';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import '../../src/app.module.js';
import { readTables } from '../isolation/catalog.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

interface Described {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

const types: Readonly<Record<string, string>> = {
  timestamptz: 'timestamp with time zone',
  int: 'integer',
  int4: 'integer',
  int2: 'smallint',
  int8: 'bigint',
  bool: 'boolean',
  float8: 'double precision',
};

describe("the entities' columns", () => {
  let database: TestDatabase;
  let client: pg.Client;
  let source: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.ownerUrl });
    await client.connect();
    source = new DataSource({
      type: 'postgres',
      url: database.ownerUrl,
      entities: getMetadataArgsStorage().tables.map((table) => table.target),
    });
    await source.initialize();
  });

  afterAll(async () => {
    await source.destroy();
    await client.end();
    await database.drop();
  });

  /** An entity's columns as its class declares them. */
  function declared(): Map<string, Described[]> {
    return new Map(
      source.entityMetadatas.map((entity) => [
        entity.tableName,
        entity.columns
          .map((column) => {
            const given = typeof column.type === 'string' ? column.type : column.type.name.toLowerCase();
            const type = `${types[given] ?? given}${column.isArray ? '[]' : ''}`;
            return { name: column.databaseName, type, nullable: column.isNullable };
          })
          .sort(byName),
      ]),
    );
  }

  it("equal their tables': names, types, and what may be null", async () => {
    const entities = declared();
    const tables = await readTables(client);
    const stored = new Map(
      tables
        .filter(({ name }) => entities.has(name))
        .map(({ name, columns }) => [
          name,
          columns
            .filter((column) => !column.generated)
            .map((column) => ({ name: column.name, type: column.type, nullable: !column.required }))
            .sort(byName),
        ]),
    );
    expect(entities.size).toBeGreaterThan(5);
    expect(Object.fromEntries([...entities].sort())).toEqual(Object.fromEntries([...stored].sort()));
  });

  it('load nothing else along with a row', () => {
    expect(
      source.entityMetadatas.flatMap((entity) => entity.relations.map((relation) => relation.propertyPath)),
    ).toEqual([]);
  });
});

function byName(one: Described, other: Described): number {
  return one.name < other.name ? -1 : 1;
}
