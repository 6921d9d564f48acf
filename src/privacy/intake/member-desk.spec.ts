import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { readMail } from '../../../apps/sandbox/mail/catcher.js';
import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { Config } from '../../platform/config/index.js';

let under: InboxUnderTest;
let ada: TestInbox;
let mailChannel: string;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  mailChannel = await under.channel(ada.workspaceId, { kind: 'EMAIL', external_id: 'shop@shop.example' });
}, 60_000);
afterAll(() => under.stop());

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly subject: string;
  readonly confirmationCode: string;
  readonly receivedAt: string;
  readonly dueAt: string;
  readonly extendedUntil: string | null;
  readonly extensionReason: string | null;
  readonly noticeSentAt: string | null;
  readonly completedAt: string | null;
  readonly contacts: { id: string }[];
  readonly history: { status: string; note: string | null }[];
}
const fields =
  'id status subject confirmationCode receivedAt dueAt extendedUntil extensionReason noticeSentAt completedAt contacts { id } history { status note }';
const opening = `mutation ($input: OpenPrivacyRequestInput!) { done: openPrivacyRequest(input: $input) { ${fields} } }`;
const open = (input: Record<string, unknown>, inbox = ada) => ask(opening, { input }, inbox);
const act = (name: string, declared: string, given: string, variables: Record<string, unknown>) =>
  ask(`mutation ($id: ID!, ${declared}) { done: ${name}(id: $id, ${given}) { ${fields} } }`, variables);
const verify = (id: string, evidence = 'Showed her order') =>
  act('verifyPrivacyRequest', '$evidence: String!', 'evidence: $evidence', { id, evidence });
const match = (id: string, contactIds: string[]) =>
  act('matchPrivacyRequest', '$contactIds: [ID!]!', 'contactIds: $contactIds', { id, contactIds });

async function ask(document: string, variables: Record<string, unknown>, inbox = ada): Promise<Shown> {
  return (await inbox.client.ask<{ done: Shown }>(document, variables)).done;
}

/** Somebody who writes by mail from this address. */
async function writer(address: string, more: Record<string, unknown> = {}): Promise<string> {
  const id = await under.contact(ada.workspaceId, { emails: [address], ...more });
  await under.identity(ada.workspaceId, { channel_id: mailChannel, contact_id: id, external_id: address });
  return id;
}

const marksOf = async (id: string) =>
  (
    await under.admin.query<{ restricted: boolean; objected: boolean; name: string | null }>(
      'select processing_restricted as restricted, automation_objected as objected, name from contacts where id = $1',
      [id],
    )
  ).rows[0];

async function mailsTo(address: string): Promise<{ subject: string; text: string }[]> {
  const folder = path.join(under.app.app.get(Config).dataDir, 'mail');
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
  const mails = await Promise.all(files.map(async (file) => readMail(await readFile(path.join(folder, file)))));
  return mails.filter(({ to }) => to.includes(address)).map((mail) => ({ subject: mail.subject, text: mail.text }));
}
const mailAbout = (address: string, subject: string) =>
  eventually(async () => (await mailsTo(address)).find((mail) => mail.subject.includes(subject)) ?? null, 15_000);
const linkIn = (text: string) => /https?:\/\/\S+\/verify\?token=[\w-]+/.exec(text)?.[0] ?? '';

const days = ({ receivedAt, dueAt }: Shown) => (Date.parse(dueAt) - Date.parse(receivedAt)) / 86_400_000;

describe('a request that a member writes down', () => {
  it('has thirty days, finds whom it is about, and waits for proof [promise 61] [promise 72]', async () => {
    const contact = await writer('grace@example.com', { name: 'Grace' });
    const request = await open({ kind: 'RESTRICT', subject: { email: ' Grace@Example.com ' } });
    expect(request).toMatchObject({ status: 'VERIFYING', subject: 'grace@example.com', contacts: [{ id: contact }] });
    expect(days(request)).toBeCloseTo(30, 1);
    expect(await marksOf(contact)).toMatchObject({ restricted: false });
    const mail = await mailAbout('grace@example.com', 'We have your request');
    expect(mail.text).toContain(`/privacy/requests/${request.confirmationCode}`);
  });

  it.each([
    ['RESTRICT', { restricted: true, objected: false }],
    ['OBJECT', { restricted: true, objected: true }],
    ['OBJECT_AUTOMATED', { restricted: false, objected: true }],
  ])('%s is done once a member vouches, and lifted by hand [promise 74]', async (kind, marks) => {
    const contact = await under.contact(ada.workspaceId, { phones: ['+905551110000'], tags: [kind] });
    const request = await open({ kind, subject: { contactId: contact } });
    const done = await verify(request.id);
    expect(done).toMatchObject({ status: 'COMPLETED' });
    expect(done.completedAt).not.toBeNull();
    expect(done.history.map(({ status }) => status)).toEqual(['RECEIVED', 'VERIFYING', 'IN_PROGRESS', 'COMPLETED']);
    expect(done.history[2]?.note).toContain('Showed her order');
    expect(await marksOf(contact)).toMatchObject(marks);
    await ada.client.ask('mutation ($id: ID!) { liftRestriction(contactId: $id) { processingRestricted } }', {
      id: contact,
    });
    expect(await marksOf(contact)).toMatchObject({ restricted: false, objected: marks.objected });
    expect(
      await ada.client.refusal('mutation ($id: ID!) { verifyPrivacyRequest(id: $id, evidence: "again") { id } }', {
        id: request.id,
      }),
    ).toBe('CONFLICT');
  });

  it('RECTIFY puts right what is given by name, and refuses what is no field [promise 74]', async () => {
    const contact = await under.contact(ada.workspaceId, { name: 'Grase' });
    const request = await open({
      kind: 'RECTIFY',
      subject: { contactId: contact },
      rectification: { name: 'Grace Hopper', emails: ['g@example.com'] },
    });
    expect(await verify(request.id)).toMatchObject({ status: 'COMPLETED' });
    expect(await marksOf(contact)).toMatchObject({ name: 'Grace Hopper' });
    for (const rectification of [{ blocked: true }, { processing_restricted: false }, { emails: 'x' }, { name: 3 }])
      expect(
        await ada.client.refusal(opening, {
          input: { kind: 'RECTIFY', subject: { contactId: contact }, rectification },
        }),
      ).toBe('BAD_USER_INPUT');
  });

  it('waits for a member to say whom it is about, where what is given does not tell', async () => {
    const twins = [
      await writer('one@twins.example'),
      await under.contact(ada.workspaceId, { emails: ['one@twins.example'] }),
    ];
    const request = await open({ kind: 'RESTRICT', subject: { email: 'one@twins.example' } });
    expect(request.contacts).toEqual([]);
    expect(await verify(request.id)).toMatchObject({ status: 'IN_PROGRESS', contacts: [] });
    const done = await match(request.id, [twins[1] ?? '']);
    expect(done).toMatchObject({ status: 'COMPLETED', contacts: [{ id: twins[1] }] });
    expect(await marksOf(twins[0] ?? '')).toMatchObject({ restricted: false });
  });

  it("a child's goes first: done by the end of the working day [promise 77]", async () => {
    const contact = await under.contact(ada.workspaceId, {});
    const request = await open({ kind: 'RESTRICT', subject: { contactId: contact }, minor: true });
    const weekend = [6, 0].includes(new Date(request.receivedAt).getUTCDay());
    expect(days(request)).toBeGreaterThan(0);
    expect(days(request)).toBeLessThanOrEqual(weekend ? 3.5 : 1.1);
    const due = new Date(request.dueAt);
    expect([6, 0]).not.toContain(new Date(due.getTime() - 1).getUTCDay());
  });

  it('may take longer: reason and new date are mailed, and no law allows more than 90 days [promise 73]', async () => {
    await writer('late@example.com');
    const request = await open({ kind: 'ACCESS', subject: { email: 'late@example.com' } });
    const extend = (until?: string) =>
      act('extendPrivacyRequest', '$reason: String!, $until: DateTime', 'reason: $reason, until: $until', {
        id: request.id,
        reason: 'Two countries are asked',
        until,
      });
    const at = (count: number) => new Date(Date.parse(request.receivedAt) + count * 86_400_000).toISOString();
    await expect(extend(at(20))).rejects.toThrow('later than the old one');
    await expect(extend(at(91))).rejects.toThrow('90 days');
    const extended = await extend(at(60));
    expect(extended).toMatchObject({ extendedUntil: at(60), extensionReason: 'Two countries are asked' });
    expect(extended.noticeSentAt).not.toBeNull();
    const mail = await mailAbout('late@example.com', 'takes longer');
    expect(mail.text).toContain('Two countries are asked');
    expect(mail.text).toContain(at(60).slice(0, 10));
  });

  it('may be refused, with the reason and the right to complain [promise 75]', async () => {
    await writer('no@example.com');
    const request = await open({ kind: 'ACCESS', subject: { email: 'no@example.com' } });
    const reject = (reason: string) =>
      act('rejectPrivacyRequest', '$reason: String!', 'reason: $reason', { id: request.id, reason });
    await expect(reject('  ')).rejects.toThrow('Write something');
    expect(await reject('It was answered last week')).toMatchObject({ status: 'REJECTED' });
    const mail = await mailAbout('no@example.com', 'refused');
    expect(mail.text).toContain('It was answered last week');
    expect(mail.text).toContain('supervisory authority');
  });
});

describe('proof by mail', () => {
  const request = async (address: string, more: Record<string, unknown> = {}) => {
    const opened = await open({ kind: 'RESTRICT', subject: { email: address }, ...more });
    await act('askForProof', '$message: String!', 'message: $message', { id: opened.id, message: 'Is this you?' });
    const mail = await mailAbout(address, 'confirm who you are');
    expect(mail.text).toContain('Is this you?');
    return { ...opened, link: linkIn(mail.text).replace(/^https?:\/\/[^/]+/, under.app.url) };
  };

  it('is a link that shows a page, and proves by its button, once [promise 50] [promise 65]', async () => {
    const contact = await writer('proof@example.com');
    const { link } = await request('proof@example.com');
    expect((await fetch(link)).status).toBe(200);
    expect(await marksOf(contact)).toMatchObject({ restricted: false });
    expect((await fetch(`${link}x`, { method: 'POST' })).status).toBe(400);
    const press = () =>
      fetch(link, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' });
    expect((await press()).status).toBe(200);
    expect(await marksOf(contact)).toMatchObject({ restricted: true });
    expect((await press()).status).toBe(400);
  });

  it('P8: an address that somebody else has proves nothing for another [promise 65]', async () => {
    const victim = await writer('victim@example.com');
    const mallory = await open({ kind: 'RESTRICT', subject: { email: 'mallory@evil.example' } });
    await match(mallory.id, [victim]);
    await act('askForProof', '$message: String!', 'message: $message', { id: mallory.id, message: 'Who are you?' });
    const mail = await mailAbout('mallory@evil.example', 'confirm who you are');
    const link = linkIn(mail.text).replace(/^https?:\/\/[^/]+/, under.app.url);
    expect((await fetch(link, { method: 'POST' })).status).toBe(200);
    expect(await marksOf(victim)).toMatchObject({ restricted: false });
    const { privacyRequest } = await ada.client.ask<{ privacyRequest: Shown }>(
      `query ($id: ID!) { privacyRequest(id: $id) { ${fields} } }`,
      { id: mallory.id },
    );
    expect(privacyRequest.status).toBe('VERIFYING');
  });

  it('P8: whoever asks for another proves that they may as well [promise 65]', async () => {
    const contact = await writer('parent@example.com');
    const { id, link } = await request('parent@example.com', { onBehalfOf: true });
    expect((await fetch(link, { method: 'POST' })).status).toBe(200);
    expect(await marksOf(contact)).toMatchObject({ restricted: false });
    await verify(id, 'Power of attorney seen');
    expect(await marksOf(contact)).toMatchObject({ restricted: true });
  });

  it('is over after 30 days [promise 50]', async () => {
    const contact = await writer('slow@example.com');
    const { id, link } = await request('slow@example.com');
    await under.admin.query("update privacy_requests set proof_until = now() - interval '1 second' where id = $1", [
      id,
    ]);
    expect((await fetch(link, { method: 'POST' })).status).toBe(400);
    expect(await marksOf(contact)).toMatchObject({ restricted: false });
  });
});

describe('what is seen of a request', () => {
  it('by its code is the true state, without personal data, in English and Turkish', async () => {
    await writer('seen@example.com', { name: 'Seen Person' });
    const { id, confirmationCode } = await open({
      kind: 'ERASE',
      subject: { email: 'seen@example.com' },
      note: 'Seen Person wants this',
    });
    const url = `${under.app.url}/privacy/requests/${confirmationCode}`;
    const json = async () =>
      (await fetch(url, { headers: { accept: 'application/json' } })).json() as Promise<Record<string, unknown>>;
    expect(await json()).toMatchObject({
      confirmation_code: confirmationCode,
      status: 'VERIFYING',
      completed_at: null,
    });
    await act('rejectPrivacyRequest', '$reason: String!', 'reason: $reason', { id, reason: 'secret words' });
    expect(await json()).toMatchObject({ status: 'REJECTED' });
    for (const [language, words] of [
      ['en', 'was refused'],
      ['tr', 'reddedildi'],
    ]) {
      const html = await (await fetch(`${url}?lang=${String(language)}`)).text();
      expect(html).toContain(words);
      expect(html).not.toMatch(/seen|secret words/i);
    }
    const nobodys = `${under.app.url}/privacy/requests/${'0'.repeat(32)}`;
    expect((await fetch(nobodys)).status).toBe(404);
    const page = await fetch(`${nobodys}?lang=tr`, { headers: { accept: 'text/html,*/*' } });
    expect([page.status, await page.text()]).toEqual([404, expect.stringContaining('Bu koda ait bir talep yok')]);
  });

  it('in the database is nothing that somebody wrote, and in the audit log neither', async () => {
    await open({
      kind: 'ACCESS',
      subject: { email: 'canary-mail@example.com', handle: 'canaryhandle' },
      note: 'canarynote',
    });
    const { rows } = await under.admin.query<{ text: string }>(
      `select encode(details, 'escape') || row_to_json(p)::text as text from privacy_requests p
       union all select row_to_json(a)::text from audit_entries a union all select row_to_json(c)::text from privacy_codes c`,
    );
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ text }) => /canary/.test(text))).toEqual([]);
  });

  it('is for those who settle requests, the newest first, by page and state', async () => {
    const list =
      'query ($after: String) { privacyRequests(first: 2, status: [VERIFYING], after: $after) { nodes { id status } pageInfo { hasNextPage endCursor } } }';
    interface Page {
      privacyRequests: {
        nodes: { id: string; status: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      };
    }
    const ids: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { privacyRequests }: Page = await ada.client.ask<Page>(list, { after });
      ids.push(...privacyRequests.nodes.map(({ id }) => id));
      expect(privacyRequests.nodes.every(({ status }) => status === 'VERIFYING')).toBe(true);
      ({ hasNextPage: more, endCursor: after } = privacyRequests.pageInfo);
    }
    expect(ids.length).toBeGreaterThan(3);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    const bob = await under.colleague(ada, 'Bob');
    expect(await bob.client.refusal('{ privacyRequests { nodes { id } } }')).toBe('FORBIDDEN');
  });

  it('each of its steps is in the audit log by who took it', async () => {
    const { rows } = await under.admin.query<{ action: string; actor: string }>(
      `select distinct action, actor from audit_entries where workspace_id = $1 and action like 'privacy-request.%' order by 1`,
      [ada.workspaceId],
    );
    expect(rows.map(({ action }) => action)).toEqual(
      ['ask-proof', 'extend', 'match', 'open', 'reject', 'verify'].map((action) => `privacy-request.${action}`),
    );
    expect(new Set(rows.map(({ actor }) => actor))).toEqual(new Set([`member:${ada.member.memberId}`]));
  });
});
