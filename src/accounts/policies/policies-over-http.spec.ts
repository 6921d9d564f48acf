import { mkdir, writeFile } from 'node:fs/promises';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type TestApp, startTestApp } from '../../../test/support/app.js';
import { TestClient } from '../../../test/support/client.js';
import { Config, readEnvironment } from '../../platform/config/index.js';
import { PolicyDocuments, readDocument } from './policy-documents.js';
import { PolicyKind } from './policy-kind.js';
import { processorsOf } from './processors.js';

interface Listed {
  readonly kind: string;
  readonly version: string;
  readonly url: string;
  readonly accepted: boolean;
  readonly acceptedVersion: string | null;
  readonly acceptedAt: string | null;
}
const list = '{ policies { kind version publishedAt url summary accepted acceptedAt acceptedVersion } }';
const accept = 'mutation ($acceptances: [PolicyAcceptanceInput!]!) { acceptPolicies(acceptances: $acceptances) }';
const operator = {
  OPERATOR_NAME: 'Örnek & Co. <b>',
  OPERATOR_ADDRESS: 'Hauptstraße 1, Berlin',
  PRIVACY_EMAIL: 'privacy@parley.example',
  SUPPORT_EMAIL: 'support@parley.example',
  SECURITY_EMAIL: 'security@parley.example',
};

let app: TestApp;
let sql: pg.Client;
beforeAll(async () => {
  app = await startTestApp({ redis: false, environment: operator });
  sql = new pg.Client({ connectionString: app.database.ownerUrl });
  await sql.connect();
}, 30_000);
afterAll(async () => {
  await sql.end();
  await app.close();
});

describe('the policies', () => {
  it('are accepted by signing up, each in its version, and by nobody who does not say so [promise 79]', async () => {
    const refused = await new TestClient(app.url).post(
      'mutation ($input: SignUpInput!) { signUp(input: $input) { id } }',
      {
        input: {
          email: 'no@example.com',
          name: 'No',
          password: 'a long enough password',
          workspaceName: 'No',
          acceptedPolicies: false,
        },
      },
    );
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'acceptedPolicies' });
    const nobody = await new TestClient(app.url).ask<{ policies: Listed[] }>(list);
    expect(nobody.policies.map(({ kind }) => kind).sort()).toEqual(['PRIVACY', 'PROCESSING', 'REFUND', 'TERMS']);
    expect(nobody.policies.every(({ accepted, acceptedAt }) => !accepted && acceptedAt === null)).toBe(true);
    const client = await TestClient.signedUp(app.url);
    const { policies } = await client.ask<{ policies: Listed[] }>(list);
    for (const { accepted, version, acceptedVersion, acceptedAt } of policies) {
      expect([accepted, acceptedVersion]).toEqual([true, version]);
      expect(Date.now() - Date.parse(acceptedAt ?? '')).toBeLessThan(60_000);
    }
  });

  it('ask again when there is a new version, and keep which one was accepted [promise 79]', async () => {
    const client = await TestClient.signedUp(app.url);
    await sql.query(`update policy_acceptances set version = '2020-01-01' where kind = 'TERMS'`);
    const terms = async () =>
      (await client.ask<{ policies: Listed[] }>(list)).policies.find(({ kind }) => kind === 'TERMS');
    const asked = await terms();
    expect(asked).toMatchObject({ accepted: false, acceptedVersion: '2020-01-01' });
    for (const version of ['2020-01-01', '2999-01-01', ''])
      expect(await client.refusal(accept, { acceptances: [{ kind: 'TERMS', version }] })).toBe('CONFLICT');
    expect(await terms()).toMatchObject({ accepted: false });
    const acceptance = { kind: 'TERMS', version: asked?.version };
    expect(await client.refusal(accept, { acceptances: [acceptance, acceptance] })).toBeNull();
    expect(await terms()).toMatchObject({ accepted: true, acceptedVersion: asked?.version });
    expect(await new TestClient(app.url).refusal(accept, { acceptances: [acceptance] })).toBe('UNAUTHENTICATED');
  });

  it('of the operator take the place of those that come along, once their day has come', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'parley-policies-'));
    await mkdir(path.join(folder, 'policies'));
    const text = (version: string) =>
      `---\nkind: TERMS\nversion: ${version}\nlanguage: en\ntitle: Ours\nsummary: Our own.\n---\nBy {{operatorName}}.\n`;
    for (const version of ['2024-01-01', '2025-01-01', '2999-01-01'])
      await writeFile(path.join(folder, 'policies', `${version}.md`), text(version));
    const secrets = { encryptionKeys: 'k', passwordPepper: 'p', metaVerifyToken: 'm', sandboxAppSecret: 's' };
    const config = new Config(
      readEnvironment({ NODE_ENV: 'test', DATA_DIR: folder, ...operator }),
      secrets as never,
      'postgres://nowhere',
      null,
    );
    const documents = new PolicyDocuments(config);
    expect(documents.inForce(PolicyKind.TERMS, 'tr')).toMatchObject({
      version: '2025-01-01',
      body: 'By Örnek & Co. <b>.\n',
    });
    expect(documents.versionsOf(PolicyKind.TERMS)).toEqual(['2999-01-01', '2025-01-01', '2024-01-01']);
    expect(documents.inForce(PolicyKind.PRIVACY, 'tr').language).toBe('tr');
  });

  it.each([
    ['no front matter', 'Text', 'does not begin with front matter'],
    ['no title', '---\nkind: TERMS\nversion: 2025-01-01\nlanguage: en\nsummary: s\n---\n', 'does not say its title'],
    [
      'a kind of its own',
      '---\nkind: COOKIES\nversion: 2025-01-01\nlanguage: en\ntitle: t\nsummary: s\n---\n',
      'is of no kind',
    ],
    [
      'a version that is no day',
      '---\nkind: TERMS\nversion: two\nlanguage: en\ntitle: t\nsummary: s\n---\n',
      'a version is a day',
    ],
    [
      'a gap',
      '---\nkind: TERMS\nversion: 2025-01-01\nlanguage: en\ntitle: t\nsummary: s\n---\n{{secret}}',
      'asks for {{secret}}',
    ],
  ])('are refused with %s, by the name of the file', (_what, source, words) => {
    expect(() => readDocument('own.md', source, new Map())).toThrow(words);
    expect(() => readDocument('own.md', source, new Map())).toThrow('own.md');
  });
});

describe('the public pages', () => {
  const pages = [
    '/privacy',
    '/privacy/processors',
    ...['terms', 'privacy', 'refund', 'processing'].map((kind) => `/policies/${kind}`),
  ];

  it.each(pages)(
    '%s: dated, in both languages, with whom to write to, without script and cookie [promise 75] [promise 76]',
    async (page) => {
      for (const [language, word] of [
        ['en', 'Last updated'],
        ['tr', 'Son güncelleme'],
      ] as const) {
        const response = await fetch(`${app.url}${page}`, { headers: { 'accept-language': language } });
        const html = await response.text();
        expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
        expect(response.headers.getSetCookie()).toEqual([]);
        expect(html).toContain(`<html lang="${language}">`);
        expect(html).toMatch(new RegExp(`${word}: <time datetime="\\d{4}-\\d{2}-\\d{2}">`));
        for (const address of [operator.PRIVACY_EMAIL, operator.SUPPORT_EMAIL, operator.SECURITY_EMAIL])
          expect(html).toContain(`mailto:${address}`);
        expect(html).toContain('Örnek &amp; Co. &lt;b&gt;');
        expect(html).not.toMatch(/<script|<style|style="|onclick|\{\{/);
        expect(html).toContain('18');
      }
      const chosen = await (await fetch(`${app.url}${page}?lang=tr`, { headers: { 'accept-language': 'en' } })).text();
      expect(chosen).toContain('<html lang="tr">');
    },
  );

  it('say where to complain, who is controller of what, and which regions and safeguards there are [promise 56] [promise 58] [promise 75] [promise 77] [promise 78]', async () => {
    const read = async (page: string) => (await fetch(`${app.url}${page}`)).text();
    const [help, privacy, processors] = [
      await read('/privacy'),
      await read('/policies/privacy'),
      await read('/privacy/processors'),
    ];
    for (const html of [help, privacy]) {
      for (const authority of ['https://www.kvkk.gov.tr', 'https://www.edpb.europa.eu', 'https://cppa.ca.gov'])
        expect(html).toContain(authority);
      expect(html).toContain('controller');
      expect(html).toContain('under 18');
    }
    for (const who of ['I wrote to a business', 'I have an account here', 'Shopify', 'I am not sure'])
      expect(help).toContain(who);
    for (const region of ['Türkiye', 'European Economic Area', 'United States']) expect(privacy).toContain(region);
    for (const column of ['Recipient', 'Purpose', 'Region', 'Safeguard'])
      expect(processors).toContain(`<th scope="col">${column}</th>`);
    expect(processors).toContain('Meta Platforms');
  });

  it('list the push services that browsers may name, and no other where an operator names their own [promise 33]', async () => {
    const page = await (await fetch(`${app.url}/privacy/processors`)).text();
    for (const maker of ['Google', 'Mozilla', 'Microsoft', 'Apple']) expect(page).toContain(maker);
    const environment = { NODE_ENV: 'test', PUSH_SERVICES: 'push.example.org, https://push.local:8443' };
    const own = new Config(readEnvironment({ ...environment, ...operator }), {} as never, 'postgres://nowhere', null);
    for (const language of ['en', 'tr'] as const) {
      const names = processorsOf(own, language).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['push.example.org', 'push.local']));
      expect(names.join()).not.toMatch(/Google|Mozilla|Microsoft|Apple/);
    }
  });

  it('keep every version at an address of its own, and know no others', async () => {
    const { policies } = await new TestClient(app.url).ask<{ policies: Listed[] }>(list);
    for (const { kind, version } of policies) {
      const response = await fetch(`${app.url}/policies/${kind.toLowerCase()}/${version}`);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain(version);
    }
    for (const place of [
      '/policies/cookies',
      '/policies/terms/2020-01-01',
      '/policies/terms/..%2f..',
      '/policies/__proto__',
      '/privacy/requests/none',
      `/privacy/requests/${'a'.repeat(22)}`,
    ])
      expect([place, (await fetch(`${app.url}${place}`)).status]).toEqual([place, 404]);
    const style = await fetch(`${app.url}/page-style`);
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
    expect(await style.text()).toContain('prefers-color-scheme: dark');
  });

  it('tell where holes are reported, as RFC 9116 says [promise 75]', async () => {
    const response = await fetch(`${app.url}/.well-known/security.txt`);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const fields = new Map(
      (await response.text())
        .trim()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    expect(fields.get('Contact')).toBe('mailto:security@parley.example');
    expect(fields.get('Canonical')).toMatch(/\/\.well-known\/security\.txt$/);
    const expires = fields.get('Expires') ?? '';
    expect(expires).toMatch(/^\d{4}-\d\d-\d\dT00:00:00Z$/);
    const days = (Date.parse(expires) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(30);
    expect(days).toBeLessThan(365);
  });
});
