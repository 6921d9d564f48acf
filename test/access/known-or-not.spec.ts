import { jest } from '@jest/globals';
import { HashThreads } from '../../src/accounts/passwords/hash-threads.js';
import { StatementCounter } from '../support/statement-counter.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient } from '../support/client.js';

let database: TestDatabase;
let counter: StatementCounter;
let app: TestApp;
let email: string;
beforeAll(async () => {
  database = await createTestDatabase();
  counter = await StatementCounter.start(database.appUrl);
  app = await startTestApp({
    redis: false,
    dearPasswords: true,
    database: { ...database, appUrl: counter.url },
    // The jobs of a worker would be counted with the requests.
    environment: { ROLE: 'api' },
  });
  const ada = await TestClient.signedUp(app.url);
  ({
    viewer: { email },
  } = await ada.ask<{ viewer: { email: string } }>('{ viewer { email } }'));
}, 60_000);
afterAll(async () => {
  await app.close();
  await counter.stop();
  await database.drop();
});

const operations = {
  signIn: (address: string) => ({
    query: 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }',
    variables: { input: { email: address, password: 'not the password' } },
  }),
  requestPasswordReset: (address: string) => ({
    query: 'mutation ($email: String!) { requestPasswordReset(email: $email) }',
    variables: { email: address },
  }),
} as const;

/** What one call costs: its answer without the id of the request, its hashes with their cost, its statements. */
async function priceOf(operation: keyof typeof operations, address: string) {
  const { query, variables } = operations[operation](address);
  const compared = jest.spyOn(HashThreads.prototype, 'compare');
  let answer: unknown;
  const { sent, completed } = await counter.during(async () => {
    const { data, errors } = await new TestClient(app.url).post(query, variables);
    answer = { data, errors: errors?.map(({ message, extensions: { code } }) => ({ message, code })) };
  });
  const hashes = compared.mock.calls.map((call) => String(call[1]).slice(0, 7));
  compared.mockRestore();
  return { answer, hashes, sent, completed };
}

describe('whether an address has an account (case A1)', () => {
  it.each(['signIn', 'requestPasswordReset'] as const)(
    'is told neither by the answer nor by the work of %s: the same hashes, the same statements',
    async (operation) => {
      // Once before, so that what is prepared once is prepared.
      await priceOf(operation, 'somebody@example.com');
      const known = [await priceOf(operation, email), await priceOf(operation, email.toUpperCase())];
      const unknown = [await priceOf(operation, 'nobody@example.com'), await priceOf(operation, 'noone@example.com')];
      expect(known[0]?.sent).toBeGreaterThan(2);
      expect(known[0]?.hashes).toEqual(operation === 'signIn' ? ['$2b$12$'] : []);
      for (const price of [...known, ...unknown]) expect(price).toEqual(known[0]);
    },
  );
});
