import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isLeafType, isRequiredArgument } from 'graphql';
import { ends, sellingEnvironment } from '../support/billing.js';
import { eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';

let under: InboxUnderTest;
let ada: TestInbox;
let contact: string;
let conversation: string;
beforeAll(async () => {
  under = await InboxUnderTest.start({ redis: false, environment: await sellingEnvironment() });
  ada = await under.inbox();
  contact = await under.contact(ada.workspaceId, { emails: ['grace@example.com'] });
  conversation = await under.conversation(ada, { contact_id: contact });
  await under.message(ada, conversation);
  await ends(under.app.app, ada.workspaceId);
}, 60_000);
afterAll(() => under.stop());

/** Every question that needs no more than to be asked. */
function questions(): string[] {
  const fields = Object.values(buildSchema(readFileSync('schema.graphql', 'utf8')).getQueryType()?.getFields() ?? {});
  return fields
    .filter(({ args }) => !args.some(isRequiredArgument))
    .map(({ name, type }) => `query { ${name} ${isLeafType(getNamedType(type)) ? '' : '{ __typename }'} }`);
}
const status = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${under.app.url}${path}`, { ...init, headers: ada.client.headers() });
  await response.arrayBuffer();
  return response.status;
};

describe('a workspace whose plan has ended', () => {
  it('says so', async () => {
    const { billing } = await ada.client.ask('{ billing { status live sold } }');
    expect(billing).toEqual({ status: 'EXPIRED', live: false, sold: true });
  });

  it('answers everything that is asked, whatever it is about', async () => {
    const all = questions();
    expect(all.length).toBeGreaterThan(40);
    const refused: string[] = [];
    for (const question of all) {
      const code = await ada.client.refusal(question);
      // What is the operator's alone stays so.
      if (code !== null && code !== 'FORBIDDEN') refused.push(`${question}: ${code}`);
    }
    expect(refused).toEqual([]);
    const of = 'query ($id: ID!) { conversation(id: $id) { id unreadCount contact { id } } }';
    expect(await ada.client.refusal(of, { id: conversation })).toBeNull();
  });

  it('is exported: contacts, leads, a conversation', async () => {
    for (const path of ['contacts.csv', 'leads.csv', `conversations/${conversation}.json`])
      expect([path, await status(`/exports/${path}`)]).toEqual([path, 200]);
  });

  it('neither sends nor lets AI answer, and says why', async () => {
    const send =
      'mutation ($id: ID!) { sendMessage(input: { conversationId: $id, text: "Yes.", idempotencyKey: "k" }) { id } }';
    const draft = 'mutation ($id: ID!) { draftReply(conversationId: $id) { id } }';
    for (const operation of [send, draft]) {
      const { errors } = await ada.client.post(operation, { id: conversation });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'PLAN_LIMIT', reason: 'PLAN_ENDED' });
    }
    const note = 'mutation ($id: ID!) { addNote(conversationId: $id, text: "They asked.") { id } }';
    expect(await ada.client.refusal(note, { id: conversation })).toBeNull();
  });

  it('goes on with privacy: a request is opened, and a contact is erased to the end', async () => {
    const { openPrivacyRequest: opened } = await ada.client.ask<{ openPrivacyRequest: { id: string } }>(
      'mutation ($input: OpenPrivacyRequestInput!) { openPrivacyRequest(input: $input) { id } }',
      { input: { kind: 'ACCESS', subject: { contactId: contact } } },
    );
    expect(opened.id).toBeTruthy();
    await ada.client.ask('mutation ($id: ID!) { eraseContact(contactId: $id) { id } }', { id: contact });
    await eventually(async () => {
      const { rows } = await under.admin.query('select 1 from contacts where id = $1', [contact]);
      return rows.length === 0 || null;
    });
  });
});
