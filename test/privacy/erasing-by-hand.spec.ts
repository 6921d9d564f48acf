import { Receipts } from '../../src/privacy/index.js';
import { eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { CanarySubject, whatsAppItem } from './canary-subject.js';
import { databaseDump, residue } from './residue.js';

let under: InboxUnderTest;

beforeAll(async () => {
  under = await InboxUnderTest.start();
}, 60_000);
afterAll(() => under.stop());

interface Asked {
  readonly id: string;
  readonly status: string;
  readonly kind: string;
  readonly confirmationCode: string;
}
const fields = '{ id kind status confirmationCode }';
const eraseContact = `mutation ($id: ID!) { eraseContact(contactId: $id) ${fields} }`;
const deleteConversation = `mutation ($id: ID!) { deleteConversation(id: $id) ${fields} }`;
const place =
  'mutation ($id: ID, $reason: String!) { placeLegalHold(contactId: $id, reason: $reason) { id reason releasedAt contact { id } } }';
const release = 'mutation ($id: ID!) { releaseLegalHold(id: $id) { id releasedAt } }';

async function inbox(): Promise<TestInbox> {
  const made = await under.inbox();
  return { ...made, channelId: await under.channel(made.workspaceId, { kind: 'WHATSAPP' }) };
}

function completed(
  { client }: TestInbox,
  id: string,
): Promise<
  Asked & {
    readonly history: { readonly status: string }[];
    readonly receipt: { readonly scope: string; readonly erased: { what: string; count: number }[] };
  }
> {
  return eventually(async () => {
    const { privacyRequest } = await client.ask<{
      privacyRequest: Asked & {
        history: { status: string }[];
        receipt: { scope: string; erased: { what: string; count: number }[] };
      };
    }>(
      `query ($id: ID!) { privacyRequest(id: $id) { id kind status confirmationCode history { status } receipt { scope erased { what count } retained { what basis until } signature } } }`,
      { id },
    );
    return privacyRequest.status === 'COMPLETED' ? privacyRequest : null;
  }, 20_000);
}

const count = async (text: string, ...values: unknown[]) =>
  (await under.admin.query<{ n: number }>(`select count(*)::int as n ${text}`, values)).rows[0]?.n;

it('a contact is erased by hand, and the request that stands for it says when that was done [promise 57] [promise 66]', async () => {
  const ada = await inbox();
  const subject = await CanarySubject.plant(under, ada);
  const { eraseContact: asked } = await ada.client.ask<{ eraseContact: Asked }>(eraseContact, {
    id: subject.contactId,
  });
  expect(asked).toMatchObject({ kind: 'ERASE', status: 'IN_PROGRESS' });
  const done = await completed(ada, asked.id);
  expect(done.history.map(({ status }) => status)).toEqual(['RECEIVED', 'IN_PROGRESS', 'IN_PROGRESS', 'COMPLETED']);
  expect(done.receipt).toMatchObject({
    scope: 'CONTACT',
    erased: expect.arrayContaining([{ what: 'messages', count: 6 }]) as unknown,
  });
  expect(residue(await databaseDump(under.app.database.ownerUrl), subject.words)).toEqual([]);
  expect(
    await count(
      'from erasure_receipts r join erasures e on e.id = r.erasure_id where e.workspace_id = $1',
      ada.workspaceId,
    ),
  ).toBe(1);
  expect(await ada.client.refusal(eraseContact, { id: subject.contactId })).toBe('NOT_FOUND');
});

it('one conversation is erased by hand; its contact stays, and writes on in a new one [promise 57]', async () => {
  const ada = await inbox();
  const subject = await CanarySubject.plant(under, ada);
  const { deleteConversation: asked } = await ada.client.ask<{ deleteConversation: Asked }>(deleteConversation, {
    id: subject.conversationId,
  });
  await completed(ada, asked.id);
  expect(await count('from conversations where id = $1', subject.conversationId)).toBe(0);
  expect(await count('from messages where conversation_id = $1', subject.conversationId)).toBe(0);
  expect(await count('from contacts where id = $1', subject.contactId)).toBe(1);
  await subject.receive(subject.deliveries(new Date(Date.now() - 60_000)).slice(0, 2));
  expect(await count('from messages where workspace_id = $1 and text like $2', ada.workspaceId, 'again%')).toBe(0);
  const later = new Date(Date.now() + 2_000);
  await subject.receive([whatsAppItem(ada.channelId, subject.phone, 'wamid.on', { at: later, body: 'and on' })]);
  const { rows } = await under.admin.query<{ contact_id: string }>(
    `select c.contact_id from messages m join conversations c on c.id = m.conversation_id where m.external_id = 'wamid.on'`,
  );
  expect(rows).toEqual([{ contact_id: subject.contactId }]);
});

it('only those who handle privacy may, and nobody in another workspace', async () => {
  const ada = await inbox();
  const vic = await under.colleague(ada, 'Vic', 'VIEWER');
  const eve = await inbox();
  const contact = await under.contact(ada.workspaceId);
  for (const query of [eraseContact, deleteConversation])
    expect(await vic.client.refusal(query, { id: contact })).toBe('FORBIDDEN');
  expect(await vic.client.refusal(place, { reason: 'x' })).toBe('FORBIDDEN');
  for (const query of [eraseContact, deleteConversation])
    expect(await eve.client.refusal(query, { id: contact })).toBe('NOT_FOUND');
  expect(await eve.client.refusal(place, { id: contact, reason: 'x' })).toBe('NOT_FOUND');
  expect(await count('from contacts where id = $1', contact)).toBe(1);
});

describe('a legal hold', () => {
  const list = async ({ client }: TestInbox) =>
    (
      await client.ask<{ legalHolds: { id: string; releasedAt: string | null }[] }>(
        '{ legalHolds { id releasedAt reason contact { id } } }',
      )
    ).legalHolds;
  const placed = async ({ client }: TestInbox, id: string | null) =>
    (await client.ask<{ placeLegalHold: { id: string } }>(place, { id, reason: 'Case 12/2026' })).placeLegalHold;

  it('stops erasing by hand in words, and a request waits for its release and then goes on', async () => {
    const ada = await inbox();
    const contact = await under.contact(ada.workspaceId, { emails: ['held@example.com'] });
    const hold = await placed(ada, contact);
    expect(hold).toMatchObject({ reason: 'Case 12/2026', releasedAt: null, contact: { id: contact } });
    expect(await ada.client.refusal(eraseContact, { id: contact })).toBe('LEGAL_HOLD');
    const { openPrivacyRequest: asked } = await ada.client.ask<{ openPrivacyRequest: Asked }>(
      `mutation ($input: OpenPrivacyRequestInput!) { openPrivacyRequest(input: $input) ${fields} }`,
      { input: { kind: 'ERASE', subject: { contactId: contact } } },
    );
    const { verifyPrivacyRequest: held } = await ada.client.ask<{ verifyPrivacyRequest: Asked }>(
      `mutation ($id: ID!) { verifyPrivacyRequest(id: $id, evidence: "I know them") ${fields} }`,
      { id: asked.id },
    );
    expect(held.status).toBe('ON_HOLD');
    expect(await count('from contacts where id = $1', contact)).toBe(1);
    await ada.client.ask(release, { id: hold.id });
    await completed(ada, asked.id);
    expect(await count('from contacts where id = $1', contact)).toBe(0);
    expect(await list(ada)).toMatchObject([{ id: hold.id, releasedAt: expect.any(String) as unknown }]);
  });

  it('of the workspace stops its deletion and its retention; a contact’s keeps their conversations alone', async () => {
    const ada = await inbox();
    const [held, free] = [await under.contact(ada.workspaceId), await under.contact(ada.workspaceId)];
    const old = { last_activity_at: '2020-01-01T00:00:00Z' };
    const kept = await under.conversation(ada, { contact_id: held, ...old });
    const gone = await under.conversation(ada, { contact_id: free, ...old });
    const { id } = await placed(ada, held);
    const all = await placed(ada, null);
    const ids = [kept, gone].sort();
    const left = async () =>
      (
        await under.admin.query<{ id: string }>('select id from conversations where id = any ($1) order by id', [ids])
      ).rows.map((row) => row.id);
    const retain = () => ada.client.ask('mutation { setRetention(conversationsDays: 30) { conversationsDays } }');
    await retain();
    await eventually(async () =>
      (await count(
        `from due where kind = 'apply-retention' and workspace_id = $1 and due_at > now() + interval '23 hours'`,
        ada.workspaceId,
      )) === 1
        ? true
        : null,
    );
    expect(await left()).toEqual(ids);
    const deletion = 'mutation ($name: String!) { deleteWorkspace(confirmName: $name) { id } }';
    const { workspace } = await ada.client.ask<{ workspace: { name: string } }>('{ workspace { name } }');
    expect(await ada.client.refusal(deletion, { name: workspace.name })).toBe('LEGAL_HOLD');
    await ada.client.ask(release, { id: all.id });
    await under.admin.query(`update due set due_at = now() where kind = 'apply-retention' and workspace_id = $1`, [
      ada.workspaceId,
    ]);
    await eventually(async () => ((await left()).length === 1 ? true : null), 30_000);
    expect(await left()).toEqual([kept]);
    expect(await ada.client.refusal(deletion, { name: workspace.name })).toBe('LEGAL_HOLD');
    await ada.client.ask(release, { id });
    const { deleteWorkspace } = await ada.client.ask<{ deleteWorkspace: { id: string } }>(deletion, {
      name: workspace.name,
    });
    // The receipt comes when the last row is gone, and once.
    const receipt = await eventually(() => under.app.app.get(Receipts).byErasure(deleteWorkspace.id), 20_000);
    expect(receipt).toMatchObject({ scope: 'WORKSPACE', retained: [{ what: 'workspace_deletions', count: 1 }] });
    expect(receipt.erased).toContainEqual({ what: 'contacts', count: 2 });
  });
});
