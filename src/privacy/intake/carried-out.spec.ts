import { createHmac } from 'node:crypto';
import { appSecret } from '../../../test/support/app.js';
import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { Config } from '../../platform/config/index.js';
import { mailsIn } from '../../../test/support/written-mails.js';

const shopifySecret = 'test-client-secret';
let under: InboxUnderTest;
let ada: TestInbox;
let mailChannel: string;

beforeAll(async () => {
  under = await InboxUnderTest.start({ environment: { SHOPIFY_CLIENT_SECRET: shopifySecret } });
  ada = await under.inbox('Ada');
  await under.admin.query('update users set email_verified_at = now()');
  await under.admin.query(`update workspaces set controller = '{"website":"ada-shop.example"}' where id = $1`, [
    ada.workspaceId,
  ]);
  mailChannel = await under.channel(ada.workspaceId, { kind: 'EMAIL', external_id: 'shop@shop.example' });
}, 60_000);
afterAll(() => under.stop());

async function writer(address: string): Promise<string> {
  const id = await under.contact(ada.workspaceId, { emails: [address], name: 'Canary Person' });
  await under.identity(ada.workspaceId, { channel_id: mailChannel, contact_id: id, external_id: address });
  const conversation = await under.conversation(ada, { contact_id: id });
  await under.message(ada, conversation, { text: 'canary words' });
  return id;
}
const isThere = async (id: string) =>
  (await under.admin.query('select from contacts where id = $1', [id])).rowCount === 1;

interface State {
  readonly status: string;
  readonly completed_at: string | null;
}
const stateOf = async (code: string) =>
  (await (
    await fetch(`${under.app.url}/privacy/requests/${code}`, { headers: { accept: 'application/json' } })
  ).json()) as State;
const done = (code: string) =>
  eventually(async () => ((await stateOf(code)).status === 'COMPLETED' ? true : null), 30_000);

async function mailsTo(address: string): Promise<{ subject: string; text: string }[]> {
  const mails = await mailsIn(under.app.app.get(Config).mailFolder);
  return mails.filter(({ to }) => to.includes(address)).map(({ subject, text }) => ({ subject, text }));
}
async function asked(email: string): Promise<string> {
  const answer = await fetch(`${under.app.url}/privacy/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'Please delete all of it', email }),
  });
  return ((await answer.json()) as { confirmation_code: string }).confirmation_code;
}
async function prove(address: string): Promise<void> {
  const link = await eventually(async () => {
    const texts = (await mailsTo(address)).map(({ text }) => /(\/privacy\S+\/verify\?token=[\w-]+)/.exec(text)?.[1]);
    return texts.find((one) => one !== undefined) ?? null;
  }, 15_000);
  expect((await fetch(`${under.app.url}${link}`, { method: 'POST' })).status).toBe(200);
}
const detailOf = async (code: string) => {
  const { privacyRequests } = await ada.client.ask<{
    privacyRequests: {
      nodes: {
        id: string;
        confirmationCode: string;
        subject: string;
        note: string | null;
        status: string;
        contacts: { id: string }[];
        receipt: {
          hash: string;
          scope: string;
          subjectDigest: string;
          erased: { what: string; count: number }[];
        } | null;
      }[];
    };
  }>(
    '{ privacyRequests(first: 100) { nodes { id confirmationCode subject note status contacts { id } receipt { hash scope subjectDigest erased { what count } } } } }',
  );
  const found = privacyRequests.nodes.find(({ confirmationCode }) => confirmationCode === code);
  if (found === undefined) throw new Error('The workspace was not given the request.');
  return found;
};

it('a visitor asks, proves the address and is gone; mail and receipt say so, without a word of them [promise 61] [promise 68]', async () => {
  const contact = await writer('gone@example.com');
  const other = await writer('stays@example.com');
  const code = await asked('gone@example.com');
  await prove('gone@example.com');
  await done(code);
  expect([await isThere(contact), await isThere(other)]).toEqual([false, true]);
  await eventually(
    async () => ((await mailsTo('gone@example.com')).some(({ subject }) => subject.includes('is done')) ? true : null),
    15_000,
  );
  const detail = await detailOf(code);
  expect(detail).toMatchObject({ subject: '', note: null, contacts: [], receipt: { scope: 'CONTACT' } });
  const receipt = (await (await fetch(`${under.app.url}/privacy/requests/${code}/receipt.json`)).json()) as {
    hash: string;
  };
  expect(receipt.hash).toBe(detail.receipt?.hash);
  expect(JSON.stringify(receipt)).not.toMatch(/gone@|canary/i);
}, 60_000);

it("Meta's call erases whom a workspace knows by that id, with nobody's help [promise 62]", async () => {
  const contact = await under.contact(ada.workspaceId);
  await under.identity(ada.workspaceId, { channel_id: ada.channelId, contact_id: contact, external_id: '730055503' });
  const payload = Buffer.from(
    JSON.stringify({ user_id: '730055503', algorithm: 'HMAC-SHA256', issued_at: 1_790_000_000 }),
  ).toString('base64url');
  const signature = createHmac('sha256', appSecret).update(payload).digest('base64url');
  const answer = await fetch(`${under.app.url}/webhooks/meta/data-deletion`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `signed_request=${signature}.${payload}`,
  });
  await done(((await answer.json()) as { confirmation_code: string }).confirmation_code);
  expect(await isThere(contact)).toBe(false);
}, 60_000);

it("customers/redact erases the shop's customer, with nobody's help [promise 63]", async () => {
  const contact = await under.contact(ada.workspaceId, { emails: ['buyer@example.com'] });
  const body = JSON.stringify({
    shop_id: 1,
    shop_domain: 'ada-shop.example',
    customer: { id: 1, email: 'buyer@example.com' },
  });
  const answer = await fetch(`${under.app.url}/webhooks/shopify`, {
    method: 'POST',
    headers: {
      'x-shopify-topic': 'customers/redact',
      'x-shopify-hmac-sha256': createHmac('sha256', shopifySecret).update(body).digest('base64'),
    },
    body,
  });
  expect(answer.status).toBe(200);
  await eventually(async () => ((await isThere(contact)) ? null : true), 30_000);
}, 60_000);

it('a legal hold stops it and is told; once it ends the erasure goes on by itself [promise 73]', async () => {
  const contact = await writer('held@example.com');
  const { placeLegalHold } = await ada.client.ask<{ placeLegalHold: { id: string } }>(
    'mutation ($id: ID!) { placeLegalHold(contactId: $id, reason: "a court") { id } }',
    { id: contact },
  );
  const code = await asked('held@example.com');
  await prove('held@example.com');
  await eventually(async () => ((await stateOf(code)).status === 'ON_HOLD' ? true : null), 20_000);
  expect(await isThere(contact)).toBe(true);
  const told = async () =>
    (await mailsTo('held@example.com')).filter(({ subject }) => subject.includes('has to wait')).length;
  await eventually(async () => ((await told()) === 1 ? true : null), 15_000);
  await ada.client.ask('mutation ($id: ID!) { releaseLegalHold(id: $id) { id } }', { id: placeLegalHold.id });
  await done(code);
  // What lies in the folder of mails went with them.
  expect([await isThere(contact), await told()]).toEqual([false, 0]);
}, 60_000);

it('every other request about somebody who was erased forgets them too', async () => {
  const contact = await writer('twice@example.com');
  const { openPrivacyRequest } = await ada.client.ask<{ openPrivacyRequest: { confirmationCode: string } }>(
    'mutation ($id: ID!) { openPrivacyRequest(input: { kind: ACCESS, subject: { contactId: $id }, note: "their words" }) { confirmationCode } }',
    { id: contact },
  );
  const code = await asked('twice@example.com');
  await prove('twice@example.com');
  await done(code);
  expect(await detailOf(openPrivacyRequest.confirmationCode)).toMatchObject({
    status: 'COMPLETED',
    note: null,
    contacts: [],
  });
}, 60_000);

it('the operator erases directly, on a ground that is written down [promise 60]', async () => {
  const contact = await under.contact(ada.workspaceId, { name: 'Nobody Known' });
  const { openPrivacyRequest } = await ada.client.ask<{ openPrivacyRequest: { id: string; confirmationCode: string } }>(
    'mutation ($id: ID!) { openPrivacyRequest(input: { kind: RESTRICT, subject: { contactId: $id } }) { id confirmationCode } }',
    { id: contact },
  );
  await ada.client.ask('mutation ($id: ID!) { eraseDirectly(id: $id, legalBasis: "Art. 17 GDPR") { id } }', {
    id: openPrivacyRequest.id,
  });
  await done(openPrivacyRequest.confirmationCode);
  expect(await isThere(contact)).toBe(false);
}, 60_000);
it.each(['ACCESS', 'PORT'])(
  '%s: whoever proves who they are gets a link to a copy by mail, for seven days [promise 74]',
  async (kind) => {
    const address = `${kind.toLowerCase()}@example.com`;
    await writer(address);
    const answer = await fetch(`${under.app.url}/privacy/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind, email: address }),
    });
    const { confirmation_code } = (await answer.json()) as { confirmation_code: string };
    await prove(address);
    await done(confirmation_code);
    const link = await eventually(async () => {
      const texts = (await mailsTo(address)).map(({ text }) => /(\/privacy\/exports\/\S+)/.exec(text)?.[1]);
      return texts.find((one) => one !== undefined) ?? null;
    }, 15_000);
    const file = await fetch(`${under.app.url}${link}`);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
    const { privacyRequests } = await ada.client.ask<{
      privacyRequests: { nodes: { confirmationCode: string; exportUrl: string | null }[] };
    }>('{ privacyRequests(first: 100) { nodes { confirmationCode exportUrl } } }');
    const shown = privacyRequests.nodes.find((one) => one.confirmationCode === confirmation_code);
    expect(shown?.exportUrl).toContain('/privacy/exports/');
  },
  60_000,
);
