import { randomUUID } from 'node:crypto';
import { PrivacyDoors } from '../../../test/support/privacy-doors.js';
import { type RunningSandbox, startSandbox } from '../../../apps/sandbox/server.js';

let sandbox: RunningSandbox;
let doors: PrivacyDoors;

beforeAll(async () => {
  sandbox = await startSandbox({ webhookUrl: 'http://127.0.0.1:9/' });
  doors = await PrivacyDoors.open({
    TURNSTILE_SITE_KEY: '0x4AAAAAAA',
    TURNSTILE_SECRET_KEY: 'a-secret',
    TURNSTILE_VERIFY_URL: `${sandbox.url}/turnstile/v0/siteverify`,
  });
}, 60_000);
afterAll(async () => {
  await doors.close();
  await sandbox.close();
});

/** A token as the pretend Turnstile gives it. */
const token = (more: { action?: string; host?: string; at?: number } = {}) =>
  ['sandbox', more.action ?? 'privacy-request', more.host ?? 'localhost', more.at ?? Date.now(), randomUUID()].join(
    '|',
  );
const ask = (turnstileToken?: string) =>
  doors.send({ text: 'Please delete my data', ...(turnstileToken !== undefined && { turnstileToken }) });
const control = (path: string, body: unknown) =>
  fetch(`${sandbox.url}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
interface Noted {
  readonly fields: readonly string[];
  readonly success: boolean;
}
const ledger = async () =>
  ((await (await fetch(`${sandbox.url}/_sandbox/ledger?kind=turnstile`)).json()) as { entries: Noted[] }).entries;

describe('the public form where Turnstile is set up', () => {
  it('takes a token of its own page once, and tells Cloudflare nothing of who asks', async () => {
    const good = token();
    expect((await ask(good)).status).toBe(202);
    expect((await ask(good)).status).toBe(403);
    expect(await ledger()).toMatchObject([{ fields: ['secret', 'response', 'idempotency_key'], success: true }]);
  });

  it('takes it once also from two who come at the same moment', async () => {
    const good = token();
    const answers = await Promise.all([1, 2, 3, 4].map(async () => (await ask(good)).status));
    expect(answers.sort()).toEqual([202, 403, 403, 403]);
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['a made-up one', 'XXXX.DUMMY.TOKEN.XXXX'],
    ['one that is too long', 'x'.repeat(2_049)],
    ['one of another page', token({ host: 'evil.example' })],
    ['one for something else', token({ action: 'login' })],
    ['one that is over', token({ at: Date.now() - 301_000 })],
  ])('refuses %s in words, and opens nothing', async (_, given) => {
    const before = await doors.count();
    const answer = await ask(given);
    expect(answer.status).toBe(403);
    expect(((await answer.json()) as { message: string }).message).toMatch(/Load the page again .* write to .*@/);
    expect(await doors.count()).toBe(before);
  });

  it('shuts where the check cannot be asked, or says nothing to be understood', async () => {
    for (const action of [{ status: 500 }, { garbage: true }, { resetBeforeAccept: true }]) {
      const rule = await control('faults', { match: { path: 'siteverify' }, times: 2, action });
      expect(rule.ok).toBe(true);
      const before = await doors.count();
      expect([action, (await ask(token())).status]).toEqual([action, 403]);
      expect(await doors.count()).toBe(before);
      await fetch(`${sandbox.url}/_sandbox/faults`, { method: 'DELETE' });
    }
    expect((await ask(token())).status).toBe(202);
  });

  it('asks once more, under the same name, where the answer was lost', async () => {
    await control('faults', { match: { path: 'siteverify' }, times: 1, action: { resetAfterAccept: true } });
    expect((await ask(token())).status).toBe(202);
  });

  it('has the check on its page, and lets its script and frame in there and nowhere else', async () => {
    const page = await fetch(`${doors.under.app.url}/privacy?lang=tr`);
    const html = await page.text();
    expect(html).toContain(`<script src="${sandbox.url}/turnstile/v0/api.js" async defer></script>`);
    expect(html).toContain('data-sitekey="0x4AAAAAAA" data-action="privacy-request" data-language="tr"');
    expect(html).toMatch(/<noscript><p>.*gizlilik adresine/);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`script-src 'self' ${sandbox.url};`);
    expect(policy).toContain(`frame-src 'self' ${sandbox.url};`);
    const other = await fetch(`${doors.under.app.url}/privacy/processors`);
    expect(other.headers.get('content-security-policy')).not.toContain(sandbox.url);
    expect(await other.text()).toContain('Cloudflare');
  });

  it('answers a page that did not pass with a page, in the language of whoever reads it', async () => {
    const form = (fields: Record<string, string>) =>
      fetch(`${doors.under.app.url}/privacy/requests?lang=tr`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ text: 'Verilerimi silin', ...fields }).toString(),
      });
    const refused = await form({});
    expect([refused.status, refused.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect(await refused.text()).toMatch(/Talebiniz alınmadı[\s\S]*mailto:/);
    expect((await form({ 'cf-turnstile-response': token() })).status).toBe(303);
  });
});
