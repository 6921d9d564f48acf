import { createHmac } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { readMail } from '../../../apps/sandbox/mail/catcher.js';
import { appSecret } from '../../../test/support/app.js';
import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { Grantors } from '../../channels/index.js';
import { Config } from '../../platform/config/index.js';
import { Workspaces } from '../../platform/database/index.js';
import type { PrivacyRequestKind } from './enums.js';
import { readPublicRequest } from './public-request.js';

const shopifySecret = 'test-client-secret';
let under: InboxUnderTest;
let ada: TestInbox;
let bea: TestInbox;
let mailChannel: string;

beforeAll(async () => {
  under = await InboxUnderTest.start({ environment: { SHOPIFY_CLIENT_SECRET: shopifySecret } });
  ada = await under.inbox('Ada');
  bea = await under.inbox('Bea');
  await under.admin.query('update users set email_verified_at = now()');
  mailChannel = await under.channel(ada.workspaceId, { kind: 'EMAIL', external_id: 'shop@shop.example' });
}, 60_000);
afterAll(() => under.stop());

interface State {
  readonly status: string;
  readonly kind?: string;
  readonly received_at: string;
  readonly due_at: string;
}
const send = (body: Record<string, unknown>) =>
  fetch(`${under.app.url}/privacy/requests`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
async function asked(body: Record<string, unknown>): Promise<string> {
  const answer = await send(body);
  expect(answer.status).toBe(202);
  const { confirmation_code, statusUrl } = (await answer.json()) as { confirmation_code: string; statusUrl: string };
  expect(statusUrl).toMatch(new RegExp(`/privacy/requests/${confirmation_code}$`));
  return confirmation_code;
}
const stateOf = async (code: string) =>
  (await (
    await fetch(`${under.app.url}/privacy/requests/${code}`, { headers: { accept: 'application/json' } })
  ).json()) as State;
const days = ({ received_at, due_at }: State) => (Date.parse(due_at) - Date.parse(received_at)) / 86_400_000;

/** Where a request is: the id of its workspace, or null on the operator's desk. */
async function placeOf(code: string): Promise<string | null> {
  const { rows } = await under.admin.query<{ workspace_id: string | null }>(
    `select workspace_id from privacy_requests where code = $1 union all select null from instance_privacy_requests where code = $1`,
    [code],
  );
  expect(rows).toHaveLength(1);
  return rows[0]?.workspace_id ?? null;
}
const placed = (code: string, workspaceId: string) =>
  eventually(async () => ((await placeOf(code)) === workspaceId ? true : null), 20_000);
/** The job that looks for its workspace is done. */
const lookedFor = () =>
  eventually(async () => {
    const { rows } = await under.admin.query("select from due where kind = 'route-privacy-request'");
    return rows.length === 0 ? true : null;
  }, 20_000);

async function linkTo(address: string): Promise<string> {
  const folder = path.join(under.app.app.get(Config).dataDir, 'mail');
  return eventually(async () => {
    // One that is being written has another ending.
    const mails = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.eml'));
    for (const file of mails.sort().reverse()) {
      const mail = await readMail(await readFile(path.join(folder, file)));
      const link = /https?:\/\/[^/\s]+(\/\S+\/verify\?token=[\w-]+)/.exec(mail.text)?.[1];
      if (mail.to.includes(address) && link !== undefined) return `${under.app.url}${link}`;
    }
    return null;
  }, 15_000);
}
async function writer(address: string): Promise<string> {
  const id = await under.contact(ada.workspaceId, { emails: [address] });
  await under.identity(ada.workspaceId, { channel_id: mailChannel, contact_id: id, external_id: address });
  return id;
}
const isRestricted = async (id: string) =>
  (await under.admin.query<{ on: boolean }>('select processing_restricted as on from contacts where id = $1', [id]))
    .rows[0]?.on;

describe('the public form', () => {
  it('takes free text, and everything that helps to find somebody; 30 days [promise 59] [promise 61] [promise 64]', async () => {
    const code = await asked({ text: 'Please delete all that you have about me' });
    const state = await stateOf(code);
    expect(state).toMatchObject({ status: 'VERIFYING', kind: 'ERASE' });
    expect(days(state)).toBeCloseTo(30, 1);
    for (const hint of [
      { website: 'https://www.shop.example/contact' },
      { handle: '@grace', channel: 'instagram' },
      { phone: '+90 555 111 22 33' },
      { businessName: 'A shop', from: '2026-05-01', to: '2026-05-31' },
    ])
      expect((await stateOf(await asked({ kind: 'access', ...hint }))).kind).toBe('ACCESS');
    expect(days(await stateOf(await asked({ text: 'a copy', law: 'ccpa' })))).toBeCloseTo(45, 1);
  });

  it('is a form without a script as well, in English and Turkish [promise 56]', async () => {
    for (const [language, sections] of [
      ['en', ['I wrote to a business', 'I have an account here', 'Shopify', 'I am not sure', 'controller']],
      ['tr', ['Bir işletmeye yazdım', 'Burada bir hesabım var', 'Shopify', 'Emin değilim', 'veri sorumlusu']],
    ] as const) {
      const html = await (await fetch(`${under.app.url}/privacy?lang=${language}`)).text();
      for (const section of sections) expect(html).toContain(section);
      expect(html).toContain(`action="/privacy/requests?lang=${language}"`);
      const inputs = [...html.matchAll(/<(?:input|select|textarea) id="(\w+)"/g)].map(([, id]) => id);
      expect(inputs.length).toBeGreaterThan(8);
      for (const id of inputs) expect(html).toContain(`<label for="${String(id)}">`);
    }
    const answer = await fetch(`${under.app.url}/privacy/requests?lang=tr`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ text: 'Verilerimi silin', kind: '', email: '', minor: 'true' }).toString(),
    });
    expect(answer.status).toBe(303);
    const code = answer.headers.get('location')?.split('/').at(-1) ?? '';
    const { rows } = await under.admin.query(
      'select kind, law, language, minor from instance_privacy_requests where code = $1',
      [code],
    );
    expect(rows).toEqual([{ kind: 'ERASE', law: 'KVKK', language: 'tr', minor: true }]);
  });

  it('refuses what says nothing, by the field at fault', async () => {
    for (const [body, field] of [
      [{}, 'text'],
      [{ text: '   ', email: 'nothing' }, 'email'],
      [{ text: 'x', kind: 'NONE' }, 'kind'],
      [{ text: 'x', phone: 'abc' }, 'phone'],
      [{ text: 7 }, 'text'],
      [{ text: 'x'.repeat(10_001) }, 'note'],
    ] as const) {
      const answer = await send(body);
      expect([answer.status, ((await answer.json()) as { field?: string }).field]).toEqual([422, field]);
    }
    for (const body of ['', '[]', '{', 'null'])
      expect(
        (
          await fetch(`${under.app.url}/privacy/requests`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          })
        ).status,
      ).toBe(422);
  });

  it.each([
    ['Please forget me', 'ERASE'],
    ['Bana ait her şeyi silin', 'ERASE'],
    ['My name is wrong', 'RECTIFY'],
    ['bir kopyasını istiyorum', 'ACCESS'],
    ['No automatic answers', 'OBJECT_AUTOMATED'],
    ['Kullanılmasına itiraz ediyorum', 'OBJECT'],
  ])('understands %s', (text, kind) => {
    expect(readPublicRequest({ text }).kind).toBe(kind as PrivacyRequestKind);
  });

  it('goes to the one workspace that knows them, and runs once the address is proved [promise 50]', async () => {
    const contact = await writer('grace@example.com');
    const code = await asked({ text: 'stop', kind: 'RESTRICT', email: 'grace@example.com' });
    await placed(code, ada.workspaceId);
    expect(await isRestricted(contact)).toBe(false);
    expect((await fetch(await linkTo('grace@example.com'), { method: 'POST' })).status).toBe(200);
    expect(await isRestricted(contact)).toBe(true);
    expect((await stateOf(code)).status).toBe('COMPLETED');
  });

  it('P8: stays with the operator where no workspace, or more than one, knows them', async () => {
    await under.contact(ada.workspaceId, { emails: ['two@example.com'] });
    await under.contact(bea.workspaceId, { emails: ['two@example.com'] });
    const both = await asked({ text: 'delete', email: 'two@example.com' });
    // A name alone is a claim that any workspace can make of itself.
    const named = await asked({ text: 'delete', businessName: "Bea's shop" });
    await lookedFor();
    expect([await placeOf(both), await placeOf(named)]).toEqual([null, null]);
  });

  it('an address of an account here has seven days once it is proved, and not a word before [promise 49]', async () => {
    const { viewer } = await bea.client.ask<{ viewer: { email: string } }>('{ viewer { email } }');
    const code = await asked({ text: 'delete my account', email: viewer.email });
    expect(days(await stateOf(code))).toBeCloseTo(30, 1);
    expect((await fetch(await linkTo(viewer.email), { method: 'POST' })).status).toBe(200);
    expect(days(await stateOf(code))).toBeCloseTo(7, 1);
    const { ownPrivacyRequests } = await bea.client.ask<{ ownPrivacyRequests: { confirmationCode: string }[] }>(
      '{ ownPrivacyRequests { confirmationCode } }',
    );
    expect(ownPrivacyRequests).toEqual([{ confirmationCode: code }]);
  });

  it('sends one address no more than three mails a day', async () => {
    for (let count = 0; count < 3; count += 1) await asked({ text: 'delete', email: 'often@example.com' });
    expect((await send({ text: 'delete', email: 'often@example.com' })).status).toBe(429);
  });
});

describe('the deletion callback of Meta', () => {
  const signed = (payload: Record<string, unknown>, secret = appSecret) => {
    const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url');
    return `${createHmac('sha256', secret).update(encoded).digest('base64url')}.${encoded}`;
  };
  const call = (request: string) =>
    fetch(`${under.app.url}/webhooks/meta/data-deletion`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ signed_request: request }).toString(),
    });
  const payload = { user_id: '730055501', algorithm: 'HMAC-SHA256', issued_at: 1_790_000_000 };

  it('is answered with a code that can be followed, the same however often it comes [promise 62]', async () => {
    const answers = await Promise.all([1, 2, 3].map(async () => (await call(signed(payload))).json()));
    const [first] = answers as { url: string; confirmation_code: string }[];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await call(signed(payload));
    expect(await placeOf(first?.confirmation_code ?? '')).toBeNull();
    expect(first?.confirmation_code).toMatch(/^[0-9a-z]{32}$/);
    expect(first?.url).toMatch(new RegExp(`/privacy/requests/${String(first?.confirmation_code)}$`));
    const state = await stateOf(first?.confirmation_code ?? '');
    expect(state).toMatchObject({ status: 'IN_PROGRESS', kind: 'ERASE' });
    expect(days(state)).toBeCloseTo(30, 1);
    const again = await call(signed({ ...payload, issued_at: 1_790_000_001 }));
    expect(((await again.json()) as { confirmation_code: string }).confirmation_code).not.toBe(
      first?.confirmation_code,
    );
  });

  it('P8: is refused with a wrong, foreign, changed or missing signature, and opens nothing', async () => {
    const count = async () => (await under.admin.query('select from privacy_codes')).rowCount;
    const before = await count();
    const good = signed({ ...payload, user_id: '730055599' });
    const [signature = '', body = ''] = good.split('.');
    const other = Buffer.from(JSON.stringify({ ...payload, user_id: '1' })).toString('base64url');
    const flipped = Buffer.from(signature, 'base64url');
    flipped[0]! ^= 1;
    for (const request of [
      signed({ ...payload, user_id: '730055599' }, 'another secret'),
      `${flipped.toString('base64url')}.${body}`,
      `${signature}.${other}`,
      `.${body}`,
      body,
      '',
      signed({ algorithm: 'HMAC-SHA256' }),
      signed({ ...payload, algorithm: 'none' }),
    ])
      expect((await call(request)).status).toBe(401);
    expect(await count()).toBe(before);
  });

  it('finds whom a workspace knows by that very id on a channel of Meta [promise 62]', async () => {
    const contact = await under.contact(ada.workspaceId);
    await under.identity(ada.workspaceId, { channel_id: ada.channelId, contact_id: contact, external_id: '730055502' });
    const answer = await call(signed({ ...payload, user_id: '730055502' }));
    const { confirmation_code } = (await answer.json()) as { confirmation_code: string };
    await placed(confirmation_code, ada.workspaceId);
    const { rows } = await under.admin.query<{ contact_ids: string[] }>(
      'select contact_ids from privacy_requests where code = $1',
      [confirmation_code],
    );
    expect(rows[0]?.contact_ids).toEqual([contact]);
  });
});

it('Meta’s call about somebody who connected a channel here is confirmed to them by mail too [promise 62]', async () => {
  const { app } = under.app;
  const channelId = await under.channel(bea.workspaceId, {
    external_id: '910000000000077',
    connected_by: bea.member.memberId,
  });
  await app
    .get(Workspaces)
    .run(bea.workspaceId, (tx) => app.get(Grantors, { strict: false }).note(tx, 'meta', channelId, ['730055577']));
  const payload = { user_id: '730055577', algorithm: 'HMAC-SHA256', issued_at: 1_790_000_000 };
  const encoded = Buffer.from(JSON.stringify(payload)).toString('base64url');
  const signature = createHmac('sha256', appSecret).update(encoded).digest('base64url');
  const answer = await fetch(`${under.app.url}/webhooks/meta/data-deletion`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `signed_request=${signature}.${encoded}`,
  });
  const { confirmation_code } = (await answer.json()) as { confirmation_code: string };
  const { viewer } = await bea.client.ask<{ viewer: { email: string } }>('{ viewer { email } }');
  const folder = path.join(app.get(Config).dataDir, 'mail');
  await eventually(async () => {
    for (const file of await readdir(folder).catch(() => [])) {
      const mail = await readMail(await readFile(path.join(folder, file)));
      if (mail.to.includes(viewer.email) && mail.text.includes(confirmation_code)) return true;
    }
    return null;
  }, 20_000);
});

describe("Shopify's compliance topics", () => {
  const call = (topic: string, body: Record<string, unknown>, hmac?: string) => {
    const text = JSON.stringify(body);
    const given = hmac ?? createHmac('sha256', shopifySecret).update(text).digest('base64');
    return fetch(`${under.app.url}/webhooks/shopify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-topic': topic, 'x-shopify-hmac-sha256': given },
      body: text,
    });
  };
  const newest = async () =>
    (
      await under.admin.query<{ code: string; kind: string }>(
        `select code, kind, id from instance_privacy_requests where origin = 'SHOPIFY'
         union all select code, kind, id from privacy_requests where origin = 'SHOPIFY' order by id desc limit 1`,
      )
    ).rows[0];
  const shop = { shop_id: 954001, shop_domain: 'demo-shop.myshopify.com' };

  it('have a signature that a known vector proves', async () => {
    expect((await call('shop/redact', shop, 'ju06CNFitwYbdjNAkCvC93Whb4fPto3pGMZI4ieEc+Q=')).status).toBe(200);
    await lookedFor();
    const { code, kind } = (await newest()) ?? { code: '', kind: '' };
    expect(kind).toBe('ERASE');
    // Nobody here belongs to this shop: nothing of it is stored, and nobody has to say so.
    expect((await stateOf(code)).status).toBe('COMPLETED');
  });

  it('P8: are refused with a wrong signature: 401', async () => {
    const good = createHmac('sha256', shopifySecret).update(JSON.stringify(shop)).digest('base64');
    for (const hmac of [
      '',
      'x',
      good.slice(1),
      `${good} `.replace('=', ''),
      createHmac('sha256', 'other').update(JSON.stringify(shop)).digest('base64'),
    ])
      expect((await call('shop/redact', shop, hmac)).status).toBe(401);
  });

  it('customers/redact and customers/data_request go to the workspace that names the shop, and to no other [promise 63]', async () => {
    await under.admin.query(
      `update workspaces set controller = '{"website":"https://www.ada-shop.example/"}' where id = $1`,
      [ada.workspaceId],
    );
    const customer = { id: 191001, email: 'Buyer@example.com', phone: null };
    await under.contact(ada.workspaceId, { emails: ['buyer@example.com'] });
    await under.contact(bea.workspaceId, { emails: ['buyer@example.com'] });
    for (const [topic, kind] of [
      ['customers/redact', 'ERASE'],
      ['customers/data_request', 'ACCESS'],
    ] as const) {
      expect((await call(topic, { shop_id: 1, shop_domain: 'ada-shop.example', customer })).status).toBe(200);
      const request = await newest();
      expect(request?.kind).toBe(kind);
      await placed(request?.code ?? '', ada.workspaceId);
    }
    // Whoever runs a shop of their own could else have anybody erased whom one workspace knows.
    await under.contact(bea.workspaceId, { emails: ['only-bea@example.com'] });
    const foreign = {
      shop_id: 2,
      shop_domain: 'foreign.myshopify.com',
      customer: { id: 2, email: 'only-bea@example.com' },
    };
    expect((await call('customers/redact', foreign)).status).toBe(200);
    await lookedFor();
    expect(await placeOf((await newest())?.code ?? '')).toBeNull();
    const { rowCount: before } = await under.admin.query('select from privacy_codes');
    expect((await call('customers/redact', { shop_id: 1, shop_domain: 'ada-shop.example', customer })).status).toBe(
      200,
    );
    expect((await call('orders/create', { any: 1 })).status).toBe(200);
    expect((await under.admin.query('select from privacy_codes')).rowCount).toBe(before);
  });
});

describe("the operator's desk", () => {
  const list = '{ instancePrivacyRequests { nodes { id confirmationCode history { note } } } }';
  interface Desk {
    instancePrivacyRequests: { nodes: { id: string; confirmationCode: string; history: { note: string | null }[] }[] };
  }
  const idOf = async (code: string) =>
    (await ada.client.ask<Desk>(list)).instancePrivacyRequests.nodes.find((one) => one.confirmationCode === code)?.id ??
    '';

  it('is for those who run the deployment', async () => {
    expect(await bea.client.refusal(list)).toBe('FORBIDDEN');
    const code = await asked({ text: 'delete me' });
    const id = await idOf(code);
    expect(id).not.toBe('');
    for (const mutation of [
      'mutation ($id: ID!, $w: ID!) { routePrivacyRequest(id: $id, workspaceId: $w) { id } }',
      'mutation ($id: ID!, $w: ID!) { askControllerToErase(id: $id, message: "x") { id } }',
      'mutation ($id: ID!, $w: ID!) { eraseDirectly(id: $id, legalBasis: "x") { id } }',
      'mutation ($id: ID!, $w: ID!) { settleInstancePrivacyRequest(id: $id, answer: "x") { id } }',
    ].map((text) => (text.includes('$w)') ? text : text.replace(', $w: ID!', ''))))
      expect(await bea.client.refusal(mutation, { id, w: bea.workspaceId })).toBe('FORBIDDEN');
    expect(await placeOf(code)).toBeNull();
  });

  it('says who may be meant, gives a request away, asks the controller and erases directly, each recorded [promise 59] [promise 60]', async () => {
    const code = await asked({ text: 'delete', businessName: "bea's shop", handle: 'nobody' });
    await lookedFor();
    const { instancePrivacyRequests } = await ada.client.ask<Desk>(list);
    const request = instancePrivacyRequests.nodes.find((one) => one.confirmationCode === code);
    expect(request?.history.map(({ note }) => note).join()).toContain(bea.workspaceId);
    const id = request?.id ?? '';
    const ask = 'mutation ($id: ID!) { askControllerToErase(id: $id, message: "Please erase them") { status } }';
    expect(await ada.client.refusal(ask, { id })).toBe('CONFLICT');
    const route = 'mutation ($id: ID!, $w: ID!) { routePrivacyRequest(id: $id, workspaceId: $w) { status } }';
    expect(await ada.client.refusal(route, { id, w: '0190b7a0-0000-7000-8000-000000000000' })).toBe('NOT_FOUND');
    await ada.client.ask(route, { id, w: bea.workspaceId });
    expect(await placeOf(code)).toBe(bea.workspaceId);
    await ada.client.ask(ask, { id });
    const erase = 'mutation ($id: ID!) { eraseDirectly(id: $id, legalBasis: "Art. 17 GDPR") { status kind } }';
    expect(await ada.client.refusal(erase, { id })).toBe('CONFLICT');
    const contact = await under.contact(bea.workspaceId);
    await bea.client.ask('mutation ($id: ID!, $c: [ID!]!) { matchPrivacyRequest(id: $id, contactIds: $c) { id } }', {
      id,
      c: [contact],
    });
    expect(await ada.client.ask(erase, { id })).toMatchObject({ eraseDirectly: { kind: 'ERASE' } });
    const { rows } = await under.admin.query<{ action: string }>(
      `select action from audit_entries where workspace_id = $1 and target = $2 order by seq`,
      [bea.workspaceId, id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'privacy-request.ask-controller',
      'privacy-request.match',
      'privacy-request.erase-directly',
    ]);
  });

  it('answers what no workspace owns', async () => {
    const code = await asked({ text: 'delete me', email: 'nobody@example.com' });
    await lookedFor();
    await ada.client.ask(
      'mutation ($id: ID!) { settleInstancePrivacyRequest(id: $id, answer: "We know nobody") { id } }',
      {
        id: await idOf(code),
      },
    );
    expect((await stateOf(code)).status).toBe('COMPLETED');
  });
});

describe("members' own requests", () => {
  const open = `mutation ($kind: PrivacyRequestKind!, $rectification: JSON) {
    done: openOwnPrivacyRequest(kind: $kind, note: "please", rectification: $rectification) { id status receivedAt dueAt history { status } } }`;

  it.each(['ACCESS', 'ERASE', 'RESTRICT', 'PORT', 'OBJECT', 'OBJECT_AUTOMATED'])(
    '%s: opened by being signed in, seven days, on the operator’s desk [promise 74]',
    async (kind) => {
      const { client } = await under.inbox(`Own-${kind}`);
      const { done } = await client.ask<{ done: { id: string; status: string; receivedAt: string; dueAt: string } }>(
        open,
        { kind },
      );
      expect(done.status).toBe('IN_PROGRESS');
      expect((Date.parse(done.dueAt) - Date.parse(done.receivedAt)) / 86_400_000).toBeCloseTo(7, 1);
      expect(await client.ask('{ ownPrivacyRequests { id } }')).toEqual({ ownPrivacyRequests: [{ id: done.id }] });
      expect(
        await bea.client.ask<{ ownPrivacyRequests: { id: string }[] }>('{ ownPrivacyRequests { id } }'),
      ).not.toMatchObject({
        ownPrivacyRequests: expect.arrayContaining([{ id: done.id }]) as unknown,
      });
    },
    20_000,
  );

  it('RECTIFY puts the name right at once [promise 74]', async () => {
    const { client } = await under.inbox('Wrnog');
    const { done } = await client.ask<{ done: { status: string } }>(open, {
      kind: 'RECTIFY',
      rectification: { name: 'Right' },
    });
    expect(done.status).toBe('COMPLETED');
    expect(await client.ask('{ viewer { name } }')).toEqual({ viewer: { name: 'Right' } });
  });
});

it('members are told of what is due soon, and no longer once it is settled [promise 72]', async () => {
  const { openPrivacyRequest } = await ada.client.ask<{ openPrivacyRequest: { id: string } }>(
    'mutation { openPrivacyRequest(input: { kind: ACCESS, subject: { handle: "late" } }) { id } }',
  );
  const { rows } = await under.admin.query<{ days: number }>(
    `select extract(epoch from due_at - now()) / 86400 as days from due where kind = 'remind-of-privacy-request' and row_id = $1`,
    [openPrivacyRequest.id],
  );
  expect(Number(rows[0]?.days)).toBeCloseTo(25, 1);
  await under.admin.query("update privacy_requests set due_at = now() + interval '4 days' where id = $1", [
    openPrivacyRequest.id,
  ]);
  await under.admin.query("update due set due_at = now() where kind = 'remind-of-privacy-request' and row_id = $1", [
    openPrivacyRequest.id,
  ]);
  const told = async () =>
    (
      await under.admin.query("select from notifications where workspace_id = $1 and kind = 'PRIVACY_DUE'", [
        ada.workspaceId,
      ])
    ).rowCount;
  await eventually(async () => (((await told()) ?? 0) > 0 ? true : null), 20_000);
}, 30_000);

it('a visitor who has themselves erased in the chat is a request that was done at once', async () => {
  const made = await ada.client.ask<{ createWebChat: { webChat: { publicKey: string } } }>(
    'mutation { createWebChat(input: { name: "Site", allowedDomains: ["localhost"] }) { webChat { publicKey } } }',
  );
  const headers = { origin: 'http://localhost', 'content-type': 'application/json' };
  const opened = await fetch(`${under.app.url}/widget/v1/sessions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ key: made.createWebChat.webChat.publicKey }),
  });
  const { visitorToken } = (await opened.json()) as { visitorToken: string };
  const forget = () =>
    fetch(`${under.app.url}/widget/v1/forget`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${visitorToken}` },
      body: '{}',
    });
  expect((await forget()).status).toBe(200);
  expect((await forget()).status).toBe(401);
  const { rows } = await under.admin.query(
    `select status, kind, completed_at is not null as done from privacy_requests where workspace_id = $1 and origin = 'WIDGET'`,
    [ada.workspaceId],
  );
  expect(rows).toEqual([{ status: 'COMPLETED', kind: 'ERASE', done: true }]);
});
