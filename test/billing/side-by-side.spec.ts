import { sellingEnvironment, stands } from '../support/billing.js';
import type { TestClient } from '../support/client.js';
import { beginImport, importEnded, uploadTable } from '../support/imports.js';
import { Team } from '../support/team.js';
import { TestVisitor, createWebChat } from '../support/visitor.js';

let team: Team;
beforeAll(async () => {
  const plans = { small: { CONTACTS: 60, SEATS: 1, CHANNELS: 1 }, big: { CONTACTS: 80 } };
  team = await Team.start({ redis: false, environment: await sellingEnvironment({ plans }) });
}, 30_000);
afterAll(() => team.stop());

const addLead = 'mutation ($email: String!) { createLead(input: { email: $email }) { contact { id } } }';
const merge = 'mutation ($a: ID!, $b: ID!) { mergeContacts(keepId: $a, mergeIds: [$b]) { id } }';
const erase = 'mutation ($id: ID!) { eraseContact(contactId: $id) { id } }';

/** Why it was refused: null where it was not. */
async function codeOf(client: TestClient, query: string, variables: Record<string, unknown>): Promise<string | null> {
  const { errors } = await client.post(query, variables);
  return errors?.[0]?.extensions?.['code'] ?? null;
}

it('contacts are written down, imported, merged, erased and arrive while the plan changes: none waits for another for ever, and each counts once', async () => {
  const { client } = await team.person();
  const at = client.workspaceId ?? '';
  const chat = await createWebChat(client);
  const ids: string[] = [];
  for (let n = 0; n < 16; n += 1) {
    const { createLead } = await client.ask<{ createLead: { contact: { id: string } } }>(addLead, {
      email: `first-${String(n)}@example.com`,
    });
    ids.push(createLead.contact.id);
  }
  const table = ['email', ...Array.from({ length: 60 }, (_, n) => `row-${String(n)}@example.com`)].join('\n');
  const fileId = await uploadTable(client, table);
  const importing = beginImport(client, fileId).then((id) => importEnded(client, id));
  const codes = await Promise.all([
    ...Array.from({ length: 12 }, (_, n) => codeOf(client, addLead, { email: `more-${String(n)}@example.com` })),
    ...[0, 2, 4, 6].map((n) => codeOf(client, merge, { a: ids[n], b: ids[n + 1] })),
    ...[8, 9, 10, 11].map((n) => codeOf(client, erase, { id: ids[n] })),
    ...Array.from({ length: 4 }, async () => {
      const visitor = new TestVisitor(team.app.url, chat);
      await visitor.open();
      return (await visitor.write('Hello?')).status === 201 ? null : 'REFUSED';
    }),
    ...['small', 'big', 'small', 'big'].map((plan) => stands(team.app.app, at, { plan }).then(() => null)),
  ]);
  await importing;
  expect(codes.filter((code) => code !== null && code !== 'PLAN_LIMIT')).toEqual([]);
  await stands(team.app.app, at, { plan: 'big' });
  const { rows } = await team.sql.query<{ counted: number; there: number }>(
    `select (select used from usage_counters where workspace_id = $1 and metric = 'CONTACTS') as counted,
            (select count(*)::int from contacts where workspace_id = $1 and merged_into is null) as there`,
    [at],
  );
  expect(rows[0]?.counted).toBe(rows[0]?.there);
  // Four who wrote by themselves need no room.
  expect(rows[0]?.there).toBeGreaterThan(40);
  expect(rows[0]?.there).toBeLessThanOrEqual(84);
}, 60_000);
