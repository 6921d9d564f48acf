import { Config } from '../../src/platform/config/index.js';
import type { JournalEntry } from '../../src/privacy/index.js';
import { eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { mailsIn } from '../support/written-mails.js';
import { JournalUnderTest } from './journal-under-test.js';

let under: InboxUnderTest;
let ada: TestInbox;
let mailChannel: string;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  await under.admin.query('update users set email_verified_at = now()');
  mailChannel = await under.channel(ada.workspaceId, { kind: 'EMAIL', external_id: 'shop@shop.example' });
}, 60_000);
afterAll(() => under.stop());

const journal = new JournalUnderTest(() => under);

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly dueAt: string;
  readonly extendedUntil: string | null;
  readonly completedAt: string | null;
  readonly subject: string;
  readonly note: string | null;
  readonly contacts: { id: string }[];
  readonly history: { status: string; note: string | null }[];
}
const fields = 'id kind status dueAt extendedUntil completedAt subject note contacts { id } history { status note }';
const ask = async (document: string, variables: Record<string, unknown>) =>
  (await ada.client.ask<{ done: Shown }>(document, variables)).done;
const opened = (input: Record<string, unknown>) =>
  ask(`mutation ($input: OpenPrivacyRequestInput!) { done: openPrivacyRequest(input: $input) { ${fields} } }`, {
    input,
  });
const shown = (id: string) => ask(`query ($id: ID!) { done: privacyRequest(id: $id) { ${fields} } }`, { id });
const act = (name: string, more: string, id: string) =>
  ask(`mutation ($id: ID!) { done: ${name}(id: $id, ${more}) { ${fields} } }`, { id });
const vouched = (id: string) => act('verifyPrivacyRequest', 'evidence: "Showed a canary"', id);
const rejected = (id: string) => act('rejectPrivacyRequest', 'reason: "No canary here"', id);

/** Somebody who writes by mail from this address. */
async function writer(address: string): Promise<string> {
  const id = await under.contact(ada.workspaceId, { emails: [address], name: 'Grase' });
  await under.identity(ada.workspaceId, { channel_id: mailChannel, contact_id: id, external_id: address });
  return id;
}

/** The row as a backup of this moment has it; gives what restores it. */
async function backup(id: string, table = 'privacy_requests'): Promise<() => Promise<void>> {
  const { rows } = await under.admin.query<{ row: string }>(
    `select row_to_json(r)::text as row from ${table} r where id = $1`,
    [id],
  );
  return async () => {
    await under.admin.query(`delete from ${table} where id = $1`, [id]);
    await under.admin.query(`insert into ${table} select * from json_populate_record(null::${table}, $1::json)`, [
      rows[0]?.row,
    ]);
  };
}

/** Does something after a backup, restores it, and plays the journal over it twice. */
async function restored(id: string, work: () => Promise<unknown>): Promise<JournalEntry[]> {
  const restore = await backup(id);
  const from = await journal.position();
  await work();
  const entries = await journal.since(from);
  expect(JSON.stringify(entries)).not.toMatch(/canary|@/i);
  await restore();
  await journal.replay(entries);
  const once = await shown(id);
  await journal.replay(entries);
  expect({ ...(await shown(id)), history: [] }).toEqual({ ...once, history: [] });
  // What is done again is no news to the journal.
  expect(await journal.since(from)).toHaveLength(entries.length);
  return entries;
}

const linkTo = (address: string) =>
  eventually(async () => {
    for (const mail of await mailsIn(under.app.app.get(Config).mailFolder)) {
      const link = mail.to.includes(address) ? /\/privacy\S+\/verify\?token=[\w-]+/.exec(mail.text)?.[0] : undefined;
      if (link !== undefined) return `${under.app.url}${link}`;
    }
    return null;
  }, 15_000);
const press = async (link: string) => (await fetch(link, { method: 'POST' })).status;

describe('after the restore of a backup from before', () => {
  it('a refused request is refused, with its day; nobody opens it again [promise 71]', async () => {
    const { id } = await opened({ kind: 'ACCESS', subject: { contactId: await writer('no@canary.example') } });
    let before: Shown | undefined;
    await restored(id, async () => (before = await rejected(id)));
    const after = await shown(id);
    expect(after).toMatchObject({ status: 'REJECTED', completedAt: before?.completedAt });
    expect(after.history.at(-1)?.note).toContain('before a backup was restored');
    await expect(vouched(id)).rejects.toThrow('settled already');
  });

  it('a longer clock is as long [promise 71] [promise 73]', async () => {
    const { id } = await opened({ kind: 'ACCESS', subject: { contactId: await writer('late@canary.example') } });
    let before: Shown | undefined;
    await restored(id, async () => (before = await act('extendPrivacyRequest', 'reason: "Two canary countries"', id)));
    expect(before?.extendedUntil).not.toBeNull();
    expect(await shown(id)).toMatchObject({ status: 'VERIFYING', extendedUntil: before?.extendedUntil });
  });

  it('a proof that was given is given, and whom it is about is known [promise 71]', async () => {
    const { id } = await opened({ kind: 'RECTIFY', subject: { handle: 'canaryhandle' } });
    const contact = await writer('proof@canary.example');
    await restored(id, async () => {
      await vouched(id);
      await act('matchPrivacyRequest', `contactIds: ["${contact}"]`, id);
    });
    expect(await shown(id)).toMatchObject({ status: 'IN_PROGRESS', contacts: [{ id: contact }] });
    const { rows } = await under.admin.query(
      'select verified_at is not null as verified from privacy_requests where id = $1',
      [id],
    );
    expect(rows).toEqual([{ verified: true }]);
  });

  it('P8: a link that was used is used; one that was mailed since the backup works [promise 65] [promise 71]', async () => {
    const request = async (address: string) => {
      const contact = await writer(address);
      const { id } = await opened({ kind: 'RESTRICT', subject: { email: address } });
      return { contact, id };
    };
    const asks = (id: string) => act('askForProof', 'message: "Is it you, canary?"', id);
    const isRestricted = async (id: string) =>
      (await under.admin.query<{ is: boolean }>('select processing_restricted as is from contacts where id = $1', [id]))
        .rows[0]?.is;
    const used = await request('used@canary.example');
    await asks(used.id);
    const link = await linkTo('used@canary.example');
    await restored(used.id, async () => expect(await press(link)).toBe(200));
    expect(await press(link)).toBe(400);
    expect(await shown(used.id)).toMatchObject({ status: 'COMPLETED' });
    const waiting = await request('waiting@canary.example');
    await restored(waiting.id, () => asks(waiting.id));
    expect(await isRestricted(waiting.contact)).toBe(false);
    expect(await press(await linkTo('waiting@canary.example'))).toBe(200);
    expect(await isRestricted(waiting.contact)).toBe(true);
  });

  it('what was put right is open again: the backup has it wrong, and the journal no values [promise 71]', async () => {
    const contact = await writer('wrong@canary.example');
    const { id } = await opened({
      kind: 'RECTIFY',
      subject: { contactId: contact },
      rectification: { name: 'Canary Grace' },
    });
    await restored(id, async () => expect(await vouched(id)).toMatchObject({ status: 'COMPLETED' }));
    const after = await shown(id);
    expect(after).toMatchObject({ status: 'IN_PROGRESS', completedAt: null });
    expect(after.history.at(-1)?.note).toContain('has to be put right once more');
    await under.admin.query(`update contacts set name = 'Grase' where id = $1`, [contact]);
    expect(await vouched(id)).toMatchObject({ status: 'COMPLETED' });
    const { rows } = await under.admin.query('select name from contacts where id = $1', [contact]);
    expect(rows).toEqual([{ name: 'Canary Grace' }]);
  });

  it('a request of somebody who was erased since has lost their words again [promise 68] [promise 71]', async () => {
    const contact = await writer('gone@canary.example');
    const { id } = await opened({ kind: 'ACCESS', subject: { contactId: contact }, note: 'written by a canary' });
    await rejected(id);
    await restored(id, async () => {
      await ask(`mutation ($id: ID!) { done: eraseContact(contactId: $id) { ${fields} } }`, { id: contact });
      await eventually(async () => ((await shown(id)).note === null ? true : null), 30_000);
    });
    expect(await shown(id)).toMatchObject({ status: 'REJECTED', note: null, subject: '', contacts: [] });
  });

  it('what the operator answered stays answered [promise 71]', async () => {
    const answer = await fetch(`${under.app.url}/privacy/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'ACCESS', text: 'What have you of canary?' }),
    });
    const { confirmation_code: code } = (await answer.json()) as { confirmation_code: string };
    const { rows } = await under.admin.query<{ id: string }>(
      'select id from instance_privacy_requests order by id desc limit 1',
    );
    const id = String(rows[0]?.id);
    const restore = await backup(id, 'instance_privacy_requests');
    const from = await journal.position();
    await ask(
      `mutation ($id: ID!) { done: settleInstancePrivacyRequest(id: $id, answer: "No canary is here") { ${fields} } }`,
      { id },
    );
    const entries = await journal.since(from);
    expect(entries.map(({ kind, workspaceId }) => [kind, workspaceId])).toEqual([['request-changed', null]]);
    const state = async () =>
      (await fetch(`${under.app.url}/privacy/requests/${code}`, { headers: { accept: 'application/json' } })).json();
    const before = await state();
    await restore();
    expect(await state()).not.toEqual(before);
    expect([await journal.replay(entries), await journal.replay(entries)]).toEqual([1, 0]);
    expect(await state()).toEqual(before);
  });
});
