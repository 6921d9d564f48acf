import pg from 'pg';
import { type TestDatabase, createTestDatabase } from './database.js';

/** A migrated, empty database for the tests of the `describe` that asks; gives its owner's connection, to look at what there is. */
export function ownersLook(): () => pg.Client {
  let database: TestDatabase;
  let owner: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
  }, 30_000);
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });
  return () => owner;
}
