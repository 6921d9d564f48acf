import { randomUUID } from 'node:crypto';
import { type RunningSandbox, startSandbox } from '../../../apps/sandbox/server.js';
import { makeForm, newEmail, site } from '../../../test/support/contact-forms.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';

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
