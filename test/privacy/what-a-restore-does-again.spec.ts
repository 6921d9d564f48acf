import { WithdrawConsent } from '../../src/channels/life/withdraw-consent.js';
import { Workspaces, newId } from '../../src/platform/database/index.js';
import { FinishErasure } from '../../src/privacy/erasure/finish-erasure.js';
import { type JournalEntry, ReplayErasures } from '../../src/privacy/index.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { CanarySubject } from './canary-subject.js';
import { residue } from './residue.js';
import { JournalUnderTest } from './journal-under-test.js';

let under: InboxUnderTest;
let ada: TestInbox;

// No worker runs by itself: what is done again is done by the replay alone.
beforeAll(async () => {
  under = await InboxUnderTest.start({ environment: { ROLE: 'api' } });
  ada = await under.inbox();
}, 60_000);
afterAll(() => under.stop());

const journal = new JournalUnderTest(() => under);
const words = (entries: readonly JournalEntry[], sought: Parameters<typeof residue>[1]) =>
  residue([{ where: 'journal', bytes: Buffer.from(JSON.stringify(entries)) }], sought);

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly confirmationCode: string;
  readonly receivedAt: string;
  readonly dueAt: string;
  readonly note: string | null;
  readonly contacts: { id: string }[];
}
const fields = 'id kind status confirmationCode receivedAt dueAt note contacts { id }';
const ask = async (document: string, variables: Record<string, unknown>) =>
  (await ada.client.ask<{ done: Shown }>(document, variables)).done;
const opened = (kind: string, contactId: string, note = 'written by a canary') =>
  ask(`mutation ($input: OpenPrivacyRequestInput!) { done: openPrivacyRequest(input: $input) { ${fields} } }`, {
    input: { kind, subject: { contactId }, note },
  });
const vouched = (id: string) =>
  ask(`mutation ($id: ID!) { done: verifyPrivacyRequest(id: $id, evidence: "Showed a canary") { ${fields} } }`, { id });
async function shown(id: string): Promise<Shown | undefined> {
  const { privacyRequests } = await ada.client.ask<{ privacyRequests: { nodes: Shown[] } }>(
    `{ privacyRequests(first: 100) { nodes { ${fields} } } }`,
  );
  return privacyRequests.nodes.find((one) => one.id === id);
}
const stateOf = async (code: string) =>
  (await fetch(`${under.app.url}/privacy/requests/${code}`, { headers: { accept: 'application/json' } })).json();
const marksOf = async (id: string) =>
  (
    await under.admin.query<{ restricted: boolean; objected: boolean }>(
      'select processing_restricted as restricted, automation_objected as objected from contacts where id = $1',
      [id],
    )
  ).rows[0];

/** As in a backup from before the request came. */
async function forget(id: string): Promise<void> {
  await under.admin.query('delete from privacy_requests where id = $1', [id]);
  await under.admin.query('delete from instance_privacy_requests where id = $1', [id]);
  await under.admin.query('delete from privacy_codes where request_id = $1', [id]);
}
const unmark = (id: string) =>
  under.admin.query('update contacts set processing_restricted = false, automation_objected = false where id = $1', [
    id,
  ]);

it('puts a request back with its clock and its code, and says what is lost, however often [promise 71]', async () => {
  const from = await journal.position();
  const contact = await under.contact(ada.workspaceId, { name: 'Canary Person', emails: ['canary@example.com'] });
  const request = await opened('RECTIFY', contact);
  const entries = await journal.since(from);
  expect(entries).toMatchObject([
    { kind: 'request-received', workspaceId: ada.workspaceId, ids: { requestId: request.id, contactIds: [contact] } },
  ]);
  expect(JSON.stringify(entries)).not.toMatch(/canary/i);
  expect(JSON.stringify(entries)).not.toContain(request.confirmationCode);
  // One that is in the backup stays as it is there.
  expect(await journal.replay(entries)).toBe(0);
  expect((await shown(request.id))?.note).toBe('written by a canary');
  await forget(request.id);
  expect(await shown(request.id)).toBeUndefined();
  expect([await journal.replay(entries), await journal.replay(entries)]).toEqual([1, 0]);
  const { id, kind, receivedAt, dueAt, contacts } = request;
  expect(await shown(request.id)).toMatchObject({ id, kind, receivedAt, dueAt, contacts, status: 'VERIFYING' });
  expect((await shown(request.id))?.note).toContain('is lost');
  expect(await stateOf(request.confirmationCode)).toMatchObject({ status: 'VERIFYING' });
});

it('puts one back that nobody owned yet, and gives it to the workspace that took it since [promise 71]', async () => {
  const from = await journal.position();
  const answer = await fetch(`${under.app.url}/privacy/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'Delete what you have of canary', email: 'canary@example.com', minor: true }),
  });
  const { confirmation_code: code } = (await answer.json()) as { confirmation_code: string };
  // That a link was mailed is an entry of its own.
  const entries = (await journal.since(from)).filter((one) => one.kind === 'request-received');
  expect(entries).toMatchObject([
    { kind: 'request-received', workspaceId: null, ids: { asked: 'ERASE', door: 'PUBLIC_FORM', minor: 'yes' } },
  ]);
  expect(JSON.stringify(entries)).not.toMatch(/canary/i);
  const id = String(entries[0]?.ids['requestId']);
  const before = await stateOf(code);
  await forget(id);
  expect([await journal.replay(entries), await journal.replay(entries)]).toEqual([1, 0]);
  expect(await stateOf(code)).toEqual(before);
  // Taken by a workspace after the backup.
  const contact = await under.contact(ada.workspaceId);
  const [entry] = entries;
  if (entry === undefined) throw new Error('Nothing was written.');
  const taken = { ...entry, workspaceId: ada.workspaceId, ids: { ...entry.ids, contactIds: [contact] } };
  expect([await journal.replay([entry, taken]), await journal.replay([entry, taken])]).toEqual([1, 0]);
  expect(await shown(id)).toMatchObject({ kind: 'ERASE', contacts: [{ id: contact }] });
  const { rows } = await under.admin.query('select from instance_privacy_requests where id = $1', [id]);
  expect(rows).toEqual([]);
  expect(await stateOf(code)).toMatchObject({ status: 'VERIFYING' });
});

it.each([
  ['RESTRICT', { restricted: true, objected: false }, ['restriction']],
  ['OBJECT', { restricted: true, objected: true }, ['restriction', 'objection']],
  ['OBJECT_AUTOMATED', { restricted: false, objected: true }, ['objection']],
])(
  '%s holds again, its request is settled, and what was lifted since is lifted [promise 71]',
  async (kind, marks, kinds) => {
    const from = await journal.position();
    const contact = await under.contact(ada.workspaceId);
    const request = await opened(kind, contact);
    await vouched(request.id);
    const entries = await journal.since(from);
    expect(entries.map((entry) => entry.kind)).toEqual(['request-received', ...kinds, 'request-changed']);
    expect(entries[1]?.ids).toEqual({ contactIds: [contact], requestId: request.id });
    await forget(request.id);
    await unmark(contact);
    await journal.replay(entries);
    await journal.replay(entries);
    expect(await marksOf(contact)).toEqual(marks);
    expect(await shown(request.id)).toMatchObject({ status: 'COMPLETED' });
    await ada.client.ask('mutation ($id: ID!) { liftRestriction(contactId: $id) { id } }', { id: contact });
    const all = await journal.since(from);
    expect(all.slice(entries.length).map((entry) => entry.kind)).toEqual(['restriction-lifted']);
    await unmark(contact);
    await journal.replay(all);
    expect(await marksOf(contact)).toEqual({ ...marks, restricted: false });
  },
);

it('passes over what the backup does not have: another workspace, a contact who came later [promise 71]', async () => {
  const from = await journal.position();
  await opened('RECTIFY', await under.contact(ada.workspaceId));
  const [received] = await journal.since(from);
  if (received === undefined) throw new Error('Nothing was written.');
  const ids = { contactIds: [newId()] };
  const marks = (['restriction', 'restriction-lifted', 'objection'] as const).map((kind) => ({
    ...received,
    kind,
    ids,
  }));
  expect(await journal.replay(marks)).toBe(0);
  const workspaceId = newId();
  const elsewhere = { ...received, ids: { ...received.ids, requestId: newId() } };
  expect(await journal.replay([elsewhere, ...marks].map((entry) => ({ ...entry, workspaceId })))).toBe(0);
});

it('closes the request again that an erasure was asked for by [promise 71]', async () => {
  const from = await journal.position();
  const subject = await CanarySubject.plant(under, ada);
  const erase = `mutation ($id: ID!) { done: eraseContact(contactId: $id) { ${fields} } }`;
  const { id: requestId } = await ask(erase, { id: subject.contactId });
  const all = await journal.since(from);
  expect(all.map((entry) => entry.kind).sort()).toEqual(['erasure', 'request-changed', 'request-received']);
  const erasure = all.find((entry) => entry.kind === 'erasure');
  expect(erasure?.ids['requestId']).toBe(requestId);
  expect(words(all, subject.words)).toEqual([]);
  const erasureId = String(erasure?.ids['erasureId']);
  await forget(requestId);
  await under.admin.query('delete from erasures where id = $1', [erasureId]);
  await journal.replay(all);
  expect(await shown(requestId)).toMatchObject({ status: 'IN_PROGRESS' });
  expect(await under.app.app.get(ReplayErasures).run(all)).toBe(1);
  expect(await under.app.app.get(FinishErasure).turn(ada.workspaceId, erasureId)).toBe('done');
  expect(await shown(requestId)).toMatchObject({ status: 'COMPLETED', contacts: [], note: null });
});

it('does not take a request, or mark anybody, that it could not write down [promise 71]', async () => {
  const contact = await under.contact(ada.workspaceId);
  const request = await opened('RESTRICT', contact);
  // As where the journal was mislaid: Postgres knows of more than is there.
  await under.admin.query('update journal_heads set seq = seq + 1000');
  try {
    await expect(opened('RESTRICT', contact)).rejects.toThrow();
    await expect(vouched(request.id)).rejects.toThrow();
    expect(await marksOf(contact)).toEqual({ restricted: false, objected: false });
    expect(await shown(request.id)).toMatchObject({ status: 'VERIFYING' });
  } finally {
    await under.admin.query('update journal_heads set seq = seq - 1000');
  }
});

describe('the access of a channel', () => {
  const channelOf = async (id: string) =>
    (
      await under.admin.query<{ status: string; token: Buffer | null }>(
        'select status, token from channels where id = $1',
        [id],
      )
    ).rows[0];
  /** As in a backup from before: connected, with a token. */
  const revive = (id: string) =>
    under.admin.query(
      `update channels set status = 'CONNECTED', token = '\\x01', disconnected_at = null, granted_at = connected_at where id = $1`,
      [id],
    );
  const connected = async () => {
    const id = await under.channel(ada.workspaceId);
    await revive(id);
    return id;
  };

  it('that was ended here is ended again, with no token left to call the platform with; one given anew stays [promise 71]', async () => {
    const from = await journal.position();
    const [id, other] = [await connected(), await connected()];
    const disconnect =
      'mutation ($id: ID!, $history: Boolean!) { disconnectChannel(id: $id, deleteHistory: $history) { status } }';
    await ada.client.ask(disconnect, { id, history: false });
    await ada.client.ask(disconnect, { id: other, history: true });
    const entries = await journal.since(from);
    expect(entries).toMatchObject([
      { kind: 'channel-disconnected', workspaceId: ada.workspaceId, ids: { channelId: id } },
      { kind: 'channel-disconnected', ids: { channelId: other, deleteHistory: 'yes' } },
      { kind: 'erasure', ids: { scope: 'CHANNEL', channelIds: [other] } },
    ]);
    await revive(id);
    await revive(other);
    await under.admin.query(`delete from due where row_id = any ($1)`, [[id, other]]);
    expect(await journal.replay(entries)).toBe(2);
    for (const one of [id, other]) expect(await channelOf(one)).toEqual({ status: 'DISCONNECTED', token: null });
    await journal.replay(entries);
    // What is done again is no news to the journal.
    expect(await journal.since(from)).toHaveLength(3);
    await revive(id);
    await under.admin.query(`update channels set connected_at = now() + interval '1 minute' where id = $1`, [id]);
    await journal.replay(entries);
    expect(await channelOf(id)).toMatchObject({ status: 'CONNECTED' });
  });

  it('that was taken back at the platform is not used again; consent given anew stays [promise 71]', async () => {
    const from = await journal.position();
    const id = await connected();
    const at = new Date();
    await under.app.app
      .get(Workspaces)
      .run(ada.workspaceId, (tx) =>
        under.app.app.get(WithdrawConsent).end(tx, id, { provider: 'meta', at, reason: 'It was taken back.' }),
      );
    const entries = await journal.since(from);
    expect(entries).toMatchObject([{ kind: 'deauthorised', workspaceId: ada.workspaceId, ids: { channelId: id } }]);
    await revive(id);
    expect(await journal.replay(entries)).toBe(1);
    expect(await channelOf(id)).toEqual({ status: 'EXPIRED', token: null });
    await journal.replay(entries);
    expect(await journal.since(from)).toHaveLength(1);
    await revive(id);
    await under.admin.query(`update channels set granted_at = now() + interval '5 minutes' where id = $1`, [id]);
    expect(await journal.replay(entries)).toBe(0);
    expect(await channelOf(id)).toMatchObject({ status: 'CONNECTED' });
  });
});
