import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type TestApp, startTestApp } from '../../../test/support/app.js';
import { TestClient, postWebhook } from '../../../test/support/client.js';
import { Config } from '../config/index.js';
import { TechnicalLog } from './technical-log.js';

let app: TestApp;
let log: TechnicalLog;
let folder: string;
beforeAll(async () => {
  app = await startTestApp({ redis: false, environment: { LOG_RETENTION_DAYS: '7', TRUST_PROXY: '1' } });
  log = app.app.get(TechnicalLog);
  folder = path.join(app.app.get(Config).dataDir, 'logs');
}, 30_000);
afterAll(() => app.close());

type Line = Readonly<Record<string, unknown>>;
const whole = async (): Promise<string> => {
  await log.flush();
  const names = await readdir(folder).catch(() => []);
  return (await Promise.all(names.sort().map((name) => readFile(path.join(folder, name), 'utf8')))).join('');
};
const lines = async (): Promise<Line[]> =>
  (await whole())
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
const digestOf = (cookie: string | null) =>
  createHash('sha256')
    .update(cookie?.split('=')[1] ?? '')
    .digest('hex');

describe('the technical log', () => {
  it('holds address, digest of the session, browser and errors of a request, and nothing that was sent [promise 21]', async () => {
    const client = await TestClient.signedUp(app.url, 'Secretname');
    const from = { 'user-agent': 'Browser/1.0 (a test)', 'x-forwarded-for': '203.0.113.7' };
    await client.post('query ($id: ID!) { conversation(id: $id) { id } }', { id: 'sensitive-words' }, from);
    await client.post('mutation { createWorkspace(name: "") { id } }', {}, from);
    await fetch(`${app.url}/files/nothing?expires=1&signature=secret-signature`, { headers: from });
    const text = await whole();
    const written = (await lines()).filter(({ ip }) => ip === '203.0.113.7');
    const session = digestOf(client.cookie);
    expect(written).toEqual([
      expect.objectContaining({
        method: 'POST',
        route: '/graphql',
        status: 200,
        browser: 'Browser/1.0 (a test)',
        session,
      }),
      expect.objectContaining({ route: '/graphql', session, errors: ['BAD_USER_INPUT'] }),
      expect.objectContaining({ method: 'GET', route: '/files/:id', status: 404, errors: ['NOT_FOUND'] }),
    ]);
    const allowed = [
      'at',
      'ip',
      'browser',
      'session',
      'person',
      'requestId',
      'method',
      'route',
      'status',
      'ms',
      'errors',
    ];
    expect([...new Set(written.flatMap((line) => Object.keys(line)))].filter((key) => !allowed.includes(key))).toEqual(
      [],
    );
    for (const secret of [
      'sensitive-words',
      'secret-signature',
      'a long enough password',
      'Secretname',
      'secretname',
      client.cookie?.split('=')[1] ?? '?',
    ])
      expect([secret, text.includes(secret)]).toEqual([secret, false]);
    const [name = ''] = await readdir(folder);
    expect(name).toMatch(/^requests-\d{4}-\d{2}-\d{2}\.log$/);
    expect((await stat(path.join(folder, name))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('has no line for what platforms send and for who watches the process', async () => {
    const before = (await lines()).length;
    await postWebhook(app.url, { object: 'page', entry: [] });
    await postWebhook(app.url, { object: 'page', entry: [] }, 'forged');
    await fetch(`${app.url}/health/live`);
    expect((await lines()).length).toBe(before);
  });

  it('is kept for the stated days and no longer [promise 21]', async () => {
    await whole();
    const day = (ago: number) => `requests-${new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)}.log`;
    await mkdir(folder, { recursive: true });
    for (const name of [day(7), day(8), day(400), 'notes.txt']) await writeFile(path.join(folder, name), '');
    await log.tidy();
    expect((await readdir(folder)).sort()).toEqual(['notes.txt', day(7), day(0)].sort());
  });

  it('forgets a person whose account is deleted, and nobody else [promise 21] [promise 47]', async () => {
    const [leaver, other] = [await TestClient.signedUp(app.url, 'Lea'), await TestClient.signedUp(app.url, 'Oth')];
    for (const client of [leaver, other]) await client.ask('{ viewer { id } }');
    const [first, theirs] = [digestOf(leaver.cookie), digestOf(other.cookie)];
    // Lines under a session that has ended since are found by the person.
    await leaver.ask('mutation { reauthenticate(password: "a long enough password") }');
    const second = digestOf(leaver.cookie);
    await leaver.ask('{ viewer { id } }');
    expect(await whole()).toEqual(expect.stringContaining(first));
    const person = (await lines()).find(({ session }) => session === second)?.['person'];
    expect(person).toMatch(/^[0-9a-f]{32}$/);
    const before = (await lines()).length;
    await leaver.ask('mutation { deleteAccount(password: "a long enough password", deleteOwnedWorkspaces: true) }');
    const text = await whole();
    for (const trace of [first, second, String(person)]) expect([trace, text.includes(trace)]).toEqual([trace, false]);
    expect(text).toContain(theirs);
    expect((await lines()).length).toBeGreaterThan(0);
    expect((await lines()).length).toBeLessThan(before);
  });

  it('forgets an address', async () => {
    await fetch(`${app.url}/instance.json`, { headers: { 'x-forwarded-for': '203.0.113.99' } });
    expect(await whole()).toContain('203.0.113.99');
    expect(await log.forget({ addresses: ['203.0.113.99'] })).toBe(1);
    expect(await whole()).not.toContain('203.0.113.99');
  });
});
