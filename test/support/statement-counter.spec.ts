import pg from 'pg';
import { type TestDatabase, createTestDatabase } from './database.js';
import { StatementCounter } from './statement-counter.js';

describe('The counter of statements', () => {
  let database: TestDatabase;
  let counter: StatementCounter;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    counter = await StatementCounter.start(database.appUrl);
    client = new pg.Client({ connectionString: counter.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await counter.stop();
    await database.drop();
  });

  it('counts each statement once: plain, with parameters, prepared, and repeated', async () => {
    const counted = await counter.during(async () => {
      await client.query('select 1');
      await client.query('select $1::int', [1]);
      for (let times = 0; times < 3; times += 1)
        await client.query({ name: 'one', text: 'select $1::int', values: [times] });
    });
    expect(counted).toEqual({ sent: 5, completed: 5 });
  });

  it('counts a message of several statements once as sent and each as completed', async () => {
    expect(await counter.during(() => client.query('begin; select 1; commit'))).toEqual({ sent: 1, completed: 3 });
  });

  it('counts what comes in many pieces, and nothing when nothing is asked', async () => {
    const large = 'x'.repeat(300_000);
    expect(await counter.during(() => client.query('select length($1::text), repeat($1::text, 3)', [large]))).toEqual({
      sent: 1,
      completed: 1,
    });
    expect(await counter.during(() => Promise.resolve())).toEqual({ sent: 0, completed: 0 });
  });
});
