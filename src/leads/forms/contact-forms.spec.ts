import { randomInt, randomUUID } from 'node:crypto';
import { type RunningSandbox, startSandbox } from '../../../apps/sandbox/server.js';
import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { mailsIn } from '../../../test/support/written-mails.js';
import { Config } from '../../platform/config/index.js';

interface Form {
  readonly id: string;
  readonly publicKey: string;
  readonly embedSnippet: string;
  readonly answerOnly: boolean;
}

const site = 'https://shop.example';
let under: InboxUnderTest;
let ada: TestInbox;
let form: Form;

beforeAll(async () => {
  under = await InboxUnderTest.start({ environment: { TRUST_PROXY: '1' } });
  ada = await under.inbox();
  form = await makeForm(ada);
}, 60_000);
afterAll(() => under.stop());

async function makeForm(
  { client }: TestInbox,
  more: { allowedDomains?: string[]; answerOnly?: boolean } = {},
): Promise<Form> {
  const { createContactForm } = await client.ask<{ createContactForm: Form }>(
    `mutation ($name: String!, $allowedDomains: [String!]!, $answerOnly: Boolean) {
       createContactForm(name: $name, allowedDomains: $allowedDomains, answerOnly: $answerOnly) {
         id publicKey embedSnippet answerOnly } }`,
    { name: 'Contact', allowedDomains: ['shop.example'], ...more },
  );
  return createContactForm;
}

const anAddress = () => `198.18.${String(randomInt(256))}.${String(randomInt(256))}`;
const newEmail = () => `grace-${randomUUID().slice(0, 8)}@example.org`;

function send(
  body: Record<string, unknown> | string,
  more: { key?: string; headers?: Record<string, string>; method?: string } = {},
): Promise<Response> {
  const plain = typeof body === 'string';
  return fetch(`${under.app.url}/forms/v1/${more.key ?? form.publicKey}`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      origin: site,
      'x-forwarded-for': anAddress(),
      'content-type': plain ? 'application/x-www-form-urlencoded' : 'application/json',
      ...more.headers,
    },
    body: plain ? body : JSON.stringify(body),
  });
}

/** The leads of an address. */
async function leadsOf(email: string) {
  const { rows } = await under.admin.query<Record<string, unknown>>(
    `select l.*, k.answer_only as contact_answer_only from leads l
       join contacts k on k.workspace_id = l.workspace_id and k.id = l.contact_id where l.email = $1`,
    [email],
  );
  return rows;
}
const mailsTo = async (email: string) =>
  (await mailsIn(under.app.app.get(Config).mailFolder)).filter((mail) => mail.to.includes(email));
const queuedMails = async () =>
  (await under.admin.query(`select from mails where template = 'form-received'`)).rowCount ?? 0;

describe('a contact form', () => {
  it('makes a lead of what somebody sends, used to answer and for nothing else unless the workspace says otherwise [promise 22]', async () => {
    const email = newEmail();
    const answer = await send({ name: 'Grace', email, company: 'Navy', message: 'Do you ship to Norway?' });
    expect([answer.status, await answer.json()]).toEqual([202, { received: true }]);
    expect(await leadsOf(email)).toMatchObject([
      {
        workspace_id: ada.workspaceId,
        source: 'CONTACT_FORM',
        form_id: form.id,
        name: 'Grace',
        company: 'Navy',
        message: 'Do you ship to Norway?',
        answer_only: true,
        contact_answer_only: true,
      },
    ]);
    const open = await makeForm(ada, { answerOnly: false });
    const other = newEmail();
    await send({ email: other, message: 'Hello' }, { key: open.publicKey });
    expect(await leadsOf(other)).toMatchObject([{ answer_only: false, contact_answer_only: false }]);
  });

  it('works without a script: a page sends it and a page says thank you, in the language of the browser', async () => {
    const email = newEmail();
    const body = new URLSearchParams({
      name: 'Grace',
      email,
      company: '',
      message: 'Hello',
      homepage: '',
      elapsed: '',
    });
    const answer = await send(body.toString(), { headers: { 'accept-language': 'tr-TR,tr;q=0.9' } });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/forms/v1/thanks?lang=tr`]);
    const page = await fetch(`${under.app.url}${answer.headers.get('location') ?? ''}`);
    const html = await page.text();
    expect(html).toContain('<html lang="tr">');
    expect(html).toContain('Teşekkürler');
    expect(html).not.toContain('<script');
    expect(await leadsOf(email)).toHaveLength(1);
    const refused = await send(new URLSearchParams({ email: 'nobody', message: '' }).toString());
    expect([refused.status, refused.headers.get('content-type')]).toEqual([422, 'text/html; charset=utf-8']);
    const said = await refused.text();
    expect(said).toContain('Message: has to be filled in');
    expect(said).toContain('is not an e-mail address');
  });

  it('thanks by mail, without a word of what was sent in, and never more than twice a day to one address', async () => {
    const email = newEmail();
    for (const message of ['first spam of mine', 'second spam of mine', 'third spam of mine'])
      expect((await send({ name: 'http://evil.example', email, message })).status).toBe(202);
    expect(await leadsOf(email)).toHaveLength(3);
    const mails = await eventually(async () => {
      const found = await mailsTo(email);
      return found.length >= 2 && (await queuedMails()) === 0 ? found : null;
    });
    expect(mails).toHaveLength(2);
    for (const mail of mails) {
      const whole = `${mail.subject ?? ''} ${mail.text ?? ''} ${mail.html ?? ''}`;
      expect(whole).toContain("Ada's shop");
      expect(whole).not.toMatch(/spam|evil/);
    }
  });

  it('that is sent twice in a row is one, also at the same moment, and on another day a new one', async () => {
    const email = newEmail();
    const words = { name: 'Grace', email, message: 'Hello' };
    const answers = await Promise.all(Array.from({ length: 5 }, async () => (await send(words)).status));
    expect(new Set(answers)).toEqual(new Set([202]));
    expect(await leadsOf(email)).toHaveLength(1);
  });
});

describe('what is not taken', () => {
  it.each([
    ['another field', { phone: '+905550000000' }, 'phone'],
    ['a field of the server', { workspaceId: randomUUID() }, 'workspaceId'],
    ['no address', { email: '' }, 'email'],
    ['an address that is none', { email: 'grace at example.org' }, 'email'],
    ['two addresses', { email: 'a@example.org,b@example.org' }, 'email'],
    ['an address with a line in it', { email: 'a@example.org\nbcc: b@example.org' }, 'email'],
    ['no message', { message: '  ' }, 'message'],
    ['a message that is too long', { message: 'x'.repeat(10_001) }, 'message'],
    ['a name that is too long', { name: 'x'.repeat(201) }, 'name'],
    ['a message that is no text', { message: { $ne: null } }, 'message'],
  ])('is %s: it is said by its field, and nothing is kept', async (_, wrong, field) => {
    const email = newEmail();
    const answer = await send({ email, message: 'Hello', ...wrong });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field }] });
    expect(await leadsOf(email)).toEqual([]);
  });

  it.each(['[]', 'null', '"text"', '{', ''])('is no object: %s', async (body) => {
    const answer = await fetch(`${under.app.url}/forms/v1/${form.publicKey}`, {
      method: 'POST',
      headers: { origin: site, 'content-type': 'application/json', 'x-forwarded-for': anAddress() },
      body,
    });
    expect(answer.status).toBe(422);
  });

  it('is too large', async () => {
    const answer = await send({ email: newEmail(), message: 'x'.repeat(150_000) });
    expect(answer.status).toBe(422);
  });

  it.each([
    ['the field that people do not see', { homepage: 'https://spam.example' }],
    ['less time than anybody needs', { elapsed: '300' }],
    ['a time that is none', { elapsed: 'soon' }],
  ])('is sent by a program: %s', async (_, wrong) => {
    const email = newEmail();
    expect((await send({ email, message: 'Hello', ...wrong })).status).toBe(403);
    expect(await leadsOf(email)).toEqual([]);
  });

  it('is more than one network sends', async () => {
    const headers = { 'x-forwarded-for': anAddress() };
    const statuses: number[] = [];
    for (let n = 0; n < 31; n += 1)
      statuses.push((await send({ email: newEmail(), message: 'Hello' }, { headers })).status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
  });

  it('comes to a form that is not there, or not any more', async () => {
    for (const key of ['cf_nothing', 'x', `cf_${'A'.repeat(43)}`, form.publicKey.slice(0, -4) + 'AAAA'])
      expect([key, (await send({ email: newEmail(), message: 'Hello' }, { key })).status]).toEqual([key, 404]);
    const gone = await makeForm(ada);
    await ada.client.ask('mutation ($id: ID!) { deleteContactForm(id: $id) }', { id: gone.id });
    const answer = await send({ email: newEmail(), message: 'Hello' }, { key: gone.publicKey });
    expect(answer.status).toBe(404);
  });
});

describe('the sites of a form', () => {
  const from = async (headers: Record<string, string>) => {
    const answer = await fetch(`${under.app.url}/forms/v1/${form.publicKey}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': anAddress(), ...headers },
      body: JSON.stringify({ email: newEmail(), message: 'Hello' }),
    });
    return [answer.status, answer.headers.get('access-control-allow-origin')];
  };

  it.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'https://shop.example.evil.example' }],
    [{ origin: 'https://evilshop.example' }],
    [{ origin: 'https://sub.shop.example' }],
    [{ origin: 'http://shop.example' }],
    [{ origin: 'https://shop.example:8443' }],
    [{ origin: 'null' }],
    [{ referer: 'https://evil.example/?https://shop.example/' }],
    [{ origin: 'null', referer: 'https://shop.example/' }],
    [{ referer: 'nonsense' }],
    [{}],
  ])('are those that it names, to the letter (V3): %j is none', async (headers) => {
    expect(await from(headers)).toEqual([403, null]);
  });

  it('may read the answer, and are known by their page where a browser names no Origin', async () => {
    expect(await from({ origin: site })).toEqual([202, site]);
    expect(await from({ referer: `${site}/contact?from=menu` })).toEqual([202, site]);
  });

  it('may send JSON from a script, and others may not', async () => {
    const ask = async (origin: string) => {
      const answer = await fetch(`${under.app.url}/forms/v1/${form.publicKey}`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });
      const { headers, status } = answer;
      return [
        status,
        headers.get('access-control-allow-origin'),
        headers.get('access-control-allow-methods'),
        headers.get('access-control-allow-headers'),
        headers.get('access-control-allow-credentials'),
        headers.get('vary'),
      ];
    };
    expect(await ask(site)).toEqual([204, site, 'POST', 'content-type', null, 'origin']);
    expect((await ask('https://evil.example')).slice(0, 2)).toEqual([403, null]);
  });

  it.each([
    [[]],
    [['*']],
    [['*.com']],
    [['http://shop.example']],
    [['shop']],
    [Array.from({ length: 51 }, (_, n) => `s${String(n)}.example`)],
  ])('are named as domains of the internet: %j are refused', async (allowedDomains) => {
    const refused = await ada.client.post(
      'mutation ($domains: [String!]!) { createContactForm(name: "x", allowedDomains: $domains) { id } }',
      { domains: allowedDomains },
    );
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'allowedDomains' });
  });
});

describe('the snippet', () => {
  it('holds what the form needs, and nothing that a name could break', async () => {
    expect(form.embedSnippet).toContain(`/forms/v1/${form.publicKey}"`);
    for (const name of ['name', 'email', 'company', 'message', 'homepage'])
      expect(form.embedSnippet).toContain(`name="${name}"`);
    expect(form.embedSnippet).not.toContain('<script');
    const { contactForms } = await ada.client.ask<{ contactForms: Form[] }>('{ contactForms { id embedSnippet } }');
    expect(contactForms.map(({ id }) => id)).toContain(form.id);
  });
});

describe('a form where Turnstile is set up', () => {
  let sandbox: RunningSandbox;
  let guarded: InboxUnderTest;
  let inbox: TestInbox;
  let key: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ webhookUrl: 'http://127.0.0.1:9/' });
    guarded = await InboxUnderTest.start({
      environment: {
        TURNSTILE_SITE_KEY: '0x4AAAAAAA',
        TURNSTILE_SECRET_KEY: 'a-secret',
        TURNSTILE_VERIFY_URL: `${sandbox.url}/turnstile/v0/siteverify`,
      },
    });
    inbox = await guarded.inbox();
    const made = await makeForm(inbox);
    key = made.publicKey;
    expect(made.embedSnippet).toContain('data-sitekey="0x4AAAAAAA" data-action="contact-form"');
  }, 60_000);
  afterAll(async () => {
    await guarded.stop();
    await sandbox.close();
  });

  const token = (more: { action?: string; host?: string; at?: number } = {}) =>
    ['sandbox', more.action ?? 'contact-form', more.host ?? 'shop.example', more.at ?? Date.now(), randomUUID()].join(
      '|',
    );
  const submit = async (turnstileToken?: string, name = 'turnstileToken') => {
    const email = newEmail();
    const answer = await fetch(`${guarded.app.url}/forms/v1/${key}`, {
      method: 'POST',
      headers: { origin: site, 'content-type': 'application/json' },
      body: JSON.stringify({
        email,
        message: 'Hello',
        ...(turnstileToken !== undefined && { [name]: turnstileToken }),
      }),
    });
    const { rowCount } = await guarded.admin.query('select from leads where email = $1', [email]);
    return [answer.status, rowCount];
  };

  it('takes a token of the page that it stands on, once, under either name', async () => {
    const good = token();
    expect(await submit(good)).toEqual([202, 1]);
    expect(await submit(good)).toEqual([403, 0]);
    expect(await submit(token(), 'cf-turnstile-response')).toEqual([202, 1]);
  });

  it.each([
    ['none', () => undefined],
    ['a made-up one', () => 'XXXX.DUMMY.TOKEN.XXXX'],
    ['one of another site', () => token({ host: 'evil.example' })],
    ['one of our own pages', () => token({ host: 'localhost' })],
    ['one for something else', () => token({ action: 'privacy-request' })],
    ['one that is over', () => token({ at: Date.now() - 301_000 })],
  ])('refuses %s, and keeps nothing', async (_, given) => {
    expect(await submit(given())).toEqual([403, 0]);
  });

  it('is shut where the check cannot be asked', async () => {
    await fetch(`${sandbox.url}/_sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ match: { path: 'siteverify' }, times: 2, action: { status: 500 } }),
    });
    expect(await submit(token())).toEqual([403, 0]);
    await fetch(`${sandbox.url}/_sandbox/faults`, { method: 'DELETE' });
    expect(await submit(token())).toEqual([202, 1]);
  });

  it('keeps the token for what can be taken: a form with a fault does not use it up', async () => {
    const good = token();
    const answer = await fetch(`${guarded.app.url}/forms/v1/${key}`, {
      method: 'POST',
      headers: { origin: site, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'nobody', message: 'Hello', turnstileToken: good }),
    });
    expect(answer.status).toBe(422);
    expect(await submit(good)).toEqual([202, 1]);
  });
});
