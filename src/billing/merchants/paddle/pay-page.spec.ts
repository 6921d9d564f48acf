import { runInNewContext } from 'node:vm';
import { type TestApp, startTestApp } from '../../../../test/support/app.js';
import { sellingEnvironment } from '../../../../test/support/billing.js';

describe('the page on which Paddle’s checkout opens', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      environment: { ...(await sellingEnvironment()), PADDLE_CLIENT_TOKEN: 'test_0123456789abcdef' },
    });
  }, 60_000);
  afterAll(() => app.close());

  const page = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${app.url}/billing/pay${query}`, { headers });

  it('lets Paddle’s script in and nobody else’s, and says what to do where it is held back', async () => {
    const response = await page('?_ptxn=txn_1');
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self' https://cdn.paddle.com https://*.paddle.com;");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    const html = await response.text();
    expect(html).toContain('<script src="https://cdn.paddle.com/paddle/v2/paddle.js"></script>');
    expect(html).toContain('data-token="test_0123456789abcdef"');
    expect(html).toContain('href="/policies/refund"');
    expect(html).toContain('allow cdn.paddle.com');
    expect(await (await page('', { 'accept-language': 'tr' })).text()).toContain('<html lang="tr">');
    // Elsewhere the policy is as strict as ever.
    expect((await fetch(`${app.url}/`)).headers.get('content-security-policy')).not.toContain('paddle');
  });

  it('goes back to a workspace and to nowhere else', async () => {
    const id = '0190a8f0-0000-7000-8000-000000000001';
    expect(await (await page(`?workspace=${id}`)).text()).toContain(`/w/${id}/settings/billing?billing=done"`);
    for (const other of [
      'https://evil.example',
      '"><script>alert(1)</script>',
      `${id}/../..`,
      `${id}&workspace=${id}`,
    ]) {
      const html = await (await page(`?workspace=${encodeURIComponent(other)}`)).text();
      expect(html).not.toContain('evil');
      expect(html).not.toContain('alert');
      expect(html).not.toContain('/w/');
    }
  });

  it('gives Paddle’s script the token, in its sandbox where the token is one for trying', async () => {
    const script = await (await fetch(`${app.url}/billing/pay/script`)).text();
    const begun = (token: string) => {
      const told: unknown[] = [];
      const Paddle = {
        Environment: { set: (name: string) => told.push(name) },
        Initialize: ({ token, checkout }: { token: string; checkout: unknown }) => told.push({ token, checkout }),
      };
      const currentScript = { dataset: { token, done: 'https://here/done', back: 'https://here' } };
      runInNewContext(script, { document: { currentScript }, Paddle });
      return told;
    };
    const checkout = { settings: { successUrl: 'https://here/done' } };
    expect(begun('live_1')).toEqual([{ token: 'live_1', checkout }]);
    expect(begun('test_1')).toEqual(['sandbox', { token: 'test_1', checkout }]);
    runInNewContext(script, { document: { currentScript: { dataset: { token: 'live_1' } } } });
  });

  it('is not there where no such token was given', async () => {
    const without = await startTestApp({ environment: await sellingEnvironment() });
    expect((await fetch(`${without.url}/billing/pay`)).status).toBe(404);
    await without.close();
  });
});
