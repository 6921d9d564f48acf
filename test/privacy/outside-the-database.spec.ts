import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import sharp from 'sharp';
import { type RunningSandbox, startSandbox } from '../../apps/sandbox/server.js';
import { filesKept, programLogFields, redisNames, technicalLogFields } from '../../src/platform/personal-data/index.js';
import { namesOf } from '../isolation/redis-names.js';
import { appSecret } from '../support/app.js';
import { runCli } from '../support/cli.js';
import { TestClient, eventually } from '../support/client.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { KnowledgeSite } from '../support/knowledge-site.js';
import { RedisMonitor } from '../support/redis-monitor.js';
import { TestServer } from '../support/server.js';
import { upload } from '../support/uploads.js';

const number = { wabaId: '770000000000001', phoneNumberId: '660000000000001' };
const customer = { id: '905551239876', name: 'Zerrin Kumrubaşı', words: 'Nerede benim lacivert hırkam' };

/** What a server keeps beside its database is what the data map says, and nothing else. */
describe('what is kept outside the database', () => {
  let database: TestDatabase;
  let sandbox: RunningSandbox;
  let server: TestServer;
  let site: KnowledgeSite;
  let monitor: RedisMonitor;
  let client: TestClient;
  let owner: pg.Client;
  /** What the database is made to choke on. */
  const choking = 'Zbreaks';
  const commands: string[][] = [];

  const control = async (place: string, body: object) => {
    const response = await fetch(`${sandbox.url}/_sandbox${place}`, {
      method: place === '/settings' ? 'PATCH' : 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.ok).toBe(true);
  };
  const play = (event: object) =>
    control('/play', { channel: 'whatsapp', accountId: number.phoneNumberId, customerId: customer.id, event });
  const one = <Row extends pg.QueryResultRow>(query: string) =>
    eventually(async () => (await owner.query<Row>(query)).rows[0] ?? null, 15_000);

  beforeAll(async () => {
    [database, sandbox, site] = await Promise.all([
      createTestDatabase(),
      startSandbox({ appSecret }),
      KnowledgeSite.start(),
    ]);
    site.pages = { '/hours': { body: '<h1>Hours</h1><p>We are open from nine to five on weekdays.</p>' } };
    monitor = await RedisMonitor.start(database.redisUrl, (command) => commands.push(command));
    server = await TestServer.prepare(
      database,
      {
        META_GRAPH_URL: `${sandbox.url}/graph`,
        INSTAGRAM_GRAPH_URL: `${sandbox.url}/instagram`,
        TELEGRAM_API_URL: `${sandbox.url}/telegram`,
        LOG_LEVEL: 'debug',
        ...site.allowed,
        RECEIPT_SIGNING_KEY: '',
      },
      5_000_000,
    );
    await server.start();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await control('/settings', { webhookUrl: `${server.url}/webhooks/meta` });
    client = await TestClient.signedUp(server.url);
    await client.ask(
      `mutation { connectWhatsApp(input: { wabaId: "${number.wabaId}", phoneNumberId: "${number.phoneNumberId}", accessToken: "EAASANDBOXSYSTEM770000000000001TOKEN" }) { id } }`,
    );
    await control('/customers', { channel: 'whatsapp', id: customer.id, name: customer.name });
    await play({ kind: 'text', text: customer.words });
    await play({ kind: 'image' });
    const picture = await sharp({ create: { width: 900, height: 700, channels: 3, background: '#7788aa' } })
      .jpeg()
      .toBuffer();
    expect((await upload(client, picture, 'a picture.jpg')).status).toBe(201);
    const { id } = await one<{ id: string }>('select conversation_id as id from messages where text is not null');
    await one(`select id from attachments where status = 'READY'`);
    await client.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }', {
      input: { conversationId: id, text: 'Yolda', idempotencyKey: 'one' },
    });
    await one(`select id from messages where direction = 'OUTBOUND' and status <> 'QUEUED'`);
    await client.ask(
      `mutation { addKnowledge(input: { kind: URL, title: "Hours", url: "${site.url}/hours" }) { id } }`,
    );
    await one(`select id from knowledge_sources where status = 'READY'`);
    // What is watched, typed and refused passes by the same ways.
    const feed = client.watch('subscription { inboxEvents { __typename } }');
    await client.post('mutation ($id: ID!) { setActivity(conversationId: $id, typing: true, viewing: true) }', { id });
    await owner.query(`alter table users add constraint planted check (name not like '%breaks%')`);
    for (let tries = 0; tries < 3; tries += 1)
      await expect(TestClient.signedUp(server.url, choking)).rejects.toThrow('INTERNAL');
    await client.post('{ conversations(first: "x") { nodes { id } } }');
    await fetch(`${server.url}/nowhere?token=${customer.id}`);
    await fetch(`${server.url}/webhooks/meta`, { method: 'POST', body: customer.words });
    const { contact } = await one<{ contact: string }>('select contact_id as contact from conversations');
    await client.ask('mutation ($id: ID!) { eraseContact(contactId: $id) { id } }', { id: contact });
    await one('select id from erasures where completed_at is not null');
    feed.end();
    await client.close();
    expect((await runCli(server.environment, 'backup', 'create')).code).toBe(0);
  }, 90_000);
  afterAll(async () => {
    await server.kill();
    monitor.stop();
    await owner.end();
    await sandbox.close();
    await site.stop();
    await database.drop();
  });

  /** Every file of the server, by its path below its folder. */
  async function files(): Promise<string[]> {
    const root = server.environment['DATA_DIR'] ?? '';
    const found = await readdir(root, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
  }

  it('are files of kinds that the data map names, and each kind that it names [P1] [promise 68]', async () => {
    const found = await eventually(async () => {
      const list = await files();
      return list.some((file) => file.startsWith('logs/')) && list.some((file) => file.startsWith('mail/'))
        ? list
        : null;
    });
    expect(found.filter((file) => !filesKept.some(({ name }) => name.test(file)))).toEqual([]);
    expect(filesKept.filter(({ name }) => !found.some((file) => name.test(file))).map(({ where }) => where)).toEqual(
      [],
    );
  });

  it('are names in Redis that the data map lists, and each that it lists [P1]', () => {
    const told = (verb: string, args: readonly string[]) => (verb === 'subscribe' ? args : namesOf(verb, args));
    const names = [...new Set(commands.flatMap(([verb = '', ...args]) => told(verb.toLowerCase(), args)))];
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !redisNames.some((known) => known.name.test(name)))).toEqual([]);
    expect(
      redisNames.filter((known) => !names.some((name) => known.name.test(name))).map(({ where }) => where),
    ).toEqual([]);
  });

  it('are lines of logs with the fields that the data map lists, and nobody’s words, names or numbers [S4]', async () => {
    const logs = (await files()).filter((file) => file.startsWith('logs/'));
    const root = server.environment['DATA_DIR'] ?? '';
    const technical = (await Promise.all(logs.map((file) => readFile(path.join(root, file), 'utf8')))).join('');
    const [calls, said] = [linesOf(technical), linesOf(server.log)];
    expect(calls.length).toBeGreaterThan(5);
    expect(said.filter(({ err }) => err !== undefined).length).toBeGreaterThan(2);
    expect(strangeFields(calls, technicalLogFields)).toEqual([]);
    expect(strangeFields(said, programLogFields)).toEqual([]);
    expect(Object.keys(technicalLogFields).filter((field) => !calls.some((line) => field in line))).toEqual([]);
    const named = await namesInSource();
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !(name in programLogFields))).toEqual([]);
    for (const log of [technical, server.log])
      for (const secret of [customer.id, 'Zerrin', 'Kumruba', 'lacivert', 'hırkam', 'ada-', 'breaks', 'EAASANDBOX'])
        expect([secret, log.includes(secret)]).toEqual([secret, false]);
  });
});

/** The names that the program gives to what it logs beside its sentences. */
async function namesInSource(): Promise<string[]> {
  const root = path.join(import.meta.dirname, '../../src');
  const sources = (await readdir(root, { recursive: true })).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'),
  );
  const found = await Promise.all(
    sources.map(async (file) => {
      const text = await readFile(path.join(root, file), 'utf8');
      const calls = [...text.matchAll(/logger\.(?:log|warn|error|debug|verbose)\(\s*\{([^}]*)\}/g)];
      return calls.flatMap(([, inner = '']) => [...inner.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name = '']) => name));
    }),
  );
  return [...new Set(found.flat())];
}

type Line = Readonly<Record<string, unknown>>;
const linesOf = (log: string): Line[] =>
  log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

/** The fields of these lines that are not among the known ones, with what stands in them. */
function strangeFields(lines: readonly Line[], known: Readonly<Record<string, string>>): string[] {
  const found = new Set<string>();
  for (const line of lines)
    for (const [name, value] of Object.entries(line)) {
      const inner =
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.keys(value).map((part) => `${name}.${part}`)
          : [name];
      for (const field of inner) if (!(field in known)) found.add(`${field}: ${JSON.stringify(value)}`);
    }
  return [...found];
}
