import { createECDH, createHmac, randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { type RunningSandbox, startSandbox } from '../../apps/sandbox/server.js';
import { appSecret } from '../support/app.js';
import { sellingEnvironment } from '../support/billing.js';
import { runCli } from '../support/cli.js';
import { TestClient, eventually, postWebhook } from '../support/client.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { faq, text } from '../support/drafts.js';
import { ImapServer } from '../support/imap-server.js';
import { MailHost, mailFrom } from '../support/mail-host.js';
import { ObjectStore, storeKey } from '../support/object-store.js';
import { PretendInternet, type StandIn } from '../support/pretend-internet.js';
import { TestServer } from '../support/server.js';
import { photoWithPosition } from '../support/uploads.js';

const lineSecret = '0123456789abcdef0123456789abcdef';
const numbers = { wabaId: '770000000000001', phoneNumberId: '660000000000001' };
/** What a business chose for itself: no recipients of the deployment's, so the page does not name them. */
const ofTheBusiness = [
  'help.shop.example',
  'imap.shop.example',
  'smtp.shop.example',
  'model.shop.example',
  'hooks.shop.example',
];
/** One host for each of the wildcards of the page. */
const media = {
  whatsapp: 'mmg.whatsapp.net',
  messenger: 'scontent.xx.fbcdn.net',
  instagram: 'scontent.cdninstagram.com',
  other: ['lookaside.fbsbx.com', 'lookaside.instagram.com'],
};
const everything = { plan: 'all', days: 14, addOns: ['whatsapp', 'remove-branding'] };
const pushHosts = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  'wns2-am3p.notify.windows.com',
  'web.push.apple.com',
];
const accounts = {
  messenger: {
    connect:
      'connectMessenger(input: { pageId: "900000000000001", pageAccessToken: "EAASANDBOXPAGE900000000000001TOKEN" })',
    accountId: '900000000000001',
    customerId: '7100000000000001',
  },
  instagram: {
    connect:
      'connectInstagram(input: { accountId: "17841400000000001", pageId: "900000000000001", accessToken: "EAASANDBOXPAGE900000000000001TOKEN" })',
    accountId: '17841400000000001',
    customerId: '7200000000000001',
  },
  whatsapp: {
    connect: `connectWhatsApp(input: { wabaId: "${numbers.wabaId}", phoneNumberId: "${numbers.phoneNumberId}", accessToken: "EAASANDBOXSYSTEM770000000000001TOKEN" })`,
    accountId: numbers.phoneNumberId,
    customerId: '905550000099',
  },
  telegram: {
    connect: 'connectTelegram(input: { botToken: "7000000001:AASANDBOXBOT7000000001TOKENOPENSNIL" })',
    accountId: '7000000001',
    customerId: '5550001',
  },
} as const;
type Platform = keyof typeof accounts;

/** Every feature that goes out is used, and each connection is compared with the list that the deployment publishes. */
describe('whom a deployment calls', () => {
  let database: TestDatabase;
  let sandbox: RunningSandbox;
  let stores: readonly ObjectStore[];
  let mails: MailHost;
  let business: MailHost;
  let requests: ImapServer;
  let internet: PretendInternet;
  let server: TestServer;
  let client: TestClient;
  let owner: pg.Client;
  const asked: string[] = [];

  beforeAll(async () => {
    const picture = await photoWithPosition();
    [database, mails, business, requests, stores] = await Promise.all([
      createTestDatabase(),
      MailHost.start({ signIn: false }),
      MailHost.start(),
      ImapServer.start(),
      Promise.all([ObjectStore.start(), ObjectStore.start(), ObjectStore.start()]),
    ]);
    sandbox = await startSandbox({ appSecret, receipts: 'all' });
    const own = { [`${sandbox.url}/cdn/whatsapp`]: `https://${media.whatsapp}/cdn/whatsapp` };
    const web = (below: string): StandIn => ({ web: `${sandbox.url}${below}`, insteadOf: own });
    const store = (index: number): StandIn => ({ web: stores[index]?.url ?? '' });
    const line: StandIn = {
      answers: (path) =>
        path.endsWith('/content')
          ? { status: 200, body: picture }
          : { status: 200, body: JSON.stringify({ userId: 'U66', displayName: 'Demo Shop', basicId: '@demo' }) },
    };
    const check: StandIn = {
      answers: () => ({
        status: 200,
        body: JSON.stringify({ success: true, hostname: 'localhost', action: 'privacy-request' }),
      }),
    };
    const help: StandIn = {
      answers: (path) =>
        path === '/robots.txt'
          ? { status: 404, body: '' }
          : { status: 200, body: 'Repairs take two weeks in our workshop.' },
    };
    const push: StandIn = { answers: (path) => (asked.push(path), { status: 201, body: '' }) };
    internet = await PretendInternet.start({
      'graph.facebook.com': web('/graph'),
      'graph.instagram.com': web('/instagram'),
      'api.instagram.com': web('/instagram-api'),
      'api.telegram.org': web('/telegram'),
      'api.openai.com': web('/openai'),
      'model.shop.example': web('/openai'),
      'help.shop.example': help,
      'hooks.shop.example': { answers: () => ({ status: 200, body: '' }) },
      ...Object.fromEntries(
        [media.whatsapp, media.messenger, media.instagram, ...media.other].map((host) => [host, web('')]),
      ),
      ...Object.fromEntries(pushHosts.map((host) => [host, push])),
      'challenges.cloudflare.com': check,
      'api.polar.sh': web('/polar'),
      'api.line.me': line,
      'api-data.line.me': line,
      'files.example.net': store(0),
      'journal.example.net': store(1),
      'backups.example.net': store(2),
      'smtp.example.net': { port: 587, at: mails.smtpPort },
      'requests.example.net': { port: 993, at: requests.port, tls: true },
      'imap.shop.example': { port: 143, at: business.imap.port },
      'smtp.shop.example': { port: 587, at: business.smtpPort },
    });
    const bucket = (host: string) => `s3://files?endpoint=https://${host}&region=eu-test-1`;
    const environment = {
      ...internet.environment,
      ...(await sellingEnvironment({ merchant: 'polar', plans: { all: {} }, trial: everything })),
      META_APP_ID: '550000000000001',
      INSTAGRAM_APP_ID: '550000000000002',
      INSTAGRAM_APP_SECRET: appSecret,
      META_VERIFY_TOKEN: 'a-word-to-repeat',
      OPENAI_API_KEY: 'sk-of-the-operator',
      OPENAI_MODEL: 'sandbox',
      TURNSTILE_SITE_KEY: '0x4AAAA',
      TURNSTILE_SECRET_KEY: '0x4BBBB',
      SMTP_URL: 'smtp://smtp.example.net:587',
      STORAGE_URL: bucket('files.example.net'),
      JOURNAL_URL: bucket('journal.example.net'),
      BACKUP_URL: bucket('backups.example.net'),
      S3_ACCESS_KEY_ID: storeKey.id,
      S3_SECRET_ACCESS_KEY: storeKey.secret,
      PRIVACY_MAILBOX_URL: `imaps://shop:${encodeURIComponent(requests.password)}@requests.example.net/INBOX`,
      MAIL_ALLOWED_HOSTS: 'imap.shop.example,smtp.shop.example',
    };
    server = await TestServer.prepare(database, environment);
    await server.start();
    await control('/settings', { webhookUrl: `${server.url}/webhooks/meta` });
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    client = await TestClient.signedUp(server.url);
  }, 90_000);
  afterAll(async () => {
    await server.kill();
    await owner.end();
    await internet.stop();
    await Promise.all([
      sandbox.close(),
      mails.close(),
      business.close(),
      requests.close(),
      ...stores.map((store) => store.stop()),
    ]);
    await database.drop();
  });

  async function control<Body>(path: string, body: unknown): Promise<Body> {
    const response = await fetch(`${sandbox.url}/_sandbox${path}`, {
      method: path === '/settings' ? 'PATCH' : 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The sandbox refused ${path}: ${await response.text()}`);
    return (await response.json()) as Body;
  }
  /** A customer does something; what they send lies where the platform keeps it. */
  async function play(platform: Platform, event: Record<string, unknown>, host?: string): Promise<void> {
    const { accountId, customerId } = accounts[platform];
    const played = { channel: platform, accountId, customerId, event };
    if (host === undefined) {
      await control('/play', played);
      return;
    }
    const { body } = await control<{ body: unknown }>('/play', { ...played, dryRun: true });
    const moved = JSON.stringify(body).replaceAll(sandbox.url, `https://${host}`);
    expect(moved).toContain(host);
    expect(await postWebhook(server.url, moved)).toBe(200);
  }
  const called = (host: string) =>
    eventually(async () => ((await internet.hosts()).includes(host) ? true : null), 20_000).catch(() => {
      throw new Error(`Nobody called ${host}.`);
    });
  const conversationWith = (words: string) =>
    eventually(async () => {
      const { rows } = await owner.query<{ id: string }>(
        'select conversation_id as id from messages where text = $1 limit 1',
        [words],
      );
      return rows[0]?.id ?? null;
    }, 20_000);
  const sent = async (conversationId: string, input: object) => {
    const { sendMessage } = await client.ask<{ sendMessage: { id: string } }>(
      'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }',
      { input: { conversationId, idempotencyKey: randomUUID(), ...input } },
    );
    await eventually(async () => {
      const { rows } = await owner.query<{ status: string }>('select status from messages where id = $1', [
        sendMessage.id,
      ]);
      return ['SENT', 'DELIVERED', 'READ'].includes(rows[0]?.status ?? '') ? true : null;
    }, 20_000);
  };
  const filesKept = (count: number) =>
    eventually(async () => {
      const { rows } = await owner.query<{ count: number }>(
        "select count(*)::int as count from attachments where status = 'READY'",
      );
      return (rows[0]?.count ?? 0) >= count ? true : null;
    }, 20_000);
  /** The hosts on the page that everyone can read. */
  async function published(): Promise<readonly string[]> {
    const page = await (await fetch(`${server.url}/privacy/processors`)).text();
    const cells = [...page.matchAll(/<td>([^<]*)<\/td><\/tr>/g)].map(([, cell = '']) => cell);
    return [...new Set(cells.flatMap((cell) => cell.split(', ')).filter((host) => host !== ''))];
  }
  const isAmong = (host: string, list: readonly string[]) =>
    list.some((one) => (one.startsWith('*.') ? host.endsWith(one.slice(1)) : host === one));

  it('uses its channels, its model, its mail and its stores', async () => {
    const register =
      'mutation ($e: String!, $p: String!, $a: String!) { registerPush(endpoint: $e, p256dh: $p, auth: $a) }';
    for (const host of pushHosts) {
      const pair = createECDH('prime256v1');
      pair.generateKeys();
      await client.ask(register, {
        e: `https://${host}/push/${randomUUID()}`,
        p: pair.getPublicKey('base64url'),
        a: randomBytes(16).toString('base64url'),
      });
    }
    const channels = await Promise.all(
      Object.values(accounts).map(async ({ connect }) =>
        client.ask<{ one: { id: string } }>(`mutation { one: ${connect} { id } }`),
      ),
    );
    const { one: lineChannel } = await client.ask<{ one: { id: string } }>(
      `mutation { one: connectLine(input: { channelAccessToken: "LINETOKEN", channelSecret: "${lineSecret}" }) { id } }`,
    );
    const password = encodeURIComponent(business.imap.password);
    await client.ask(`mutation ($input: ConnectEmailInput!) { connectEmail(input: $input) { id } }`, {
      input: {
        address: 'support@shop.example',
        imapUrl: `imap://shop:${password}@imap.shop.example`,
        smtpUrl: `smtp://shop:${password}@smtp.shop.example`,
      },
    });

    // A system of the business that is told that somebody wrote.
    await client.ask(
      'mutation { createWebhookEndpoint(url: "https://hooks.shop.example/", events: ["message.received"]) { secret } }',
    );

    // A message with a file on every channel, and an answer with one.
    const words = (platform: string) => `Where is my order? (${platform})`;
    for (const platform of ['messenger', 'instagram', 'whatsapp', 'telegram'] as const)
      await play(platform, { kind: 'text', text: words(platform) });
    await play('messenger', { kind: 'image' }, media.messenger);
    await play('messenger', { kind: 'image' }, media.other[0]);
    await play('instagram', { kind: 'image' }, media.instagram);
    await play('instagram', { kind: 'image' }, media.other[1]);
    await play('whatsapp', { kind: 'image' });
    await play('telegram', { kind: 'photo' });
    await writeOnLine(lineChannel.id);
    const mail = mailFrom('Bora <bora@mail.example>', { text: words('email') });
    business.imap.deliver(mail.raw);
    await filesKept(7);
    for (const platform of ['messenger', 'instagram', 'whatsapp', 'telegram', 'email'])
      await sent(await conversationWith(words(platform)), { text: 'It is on its way.' });

    // Mails to the deployment, of which one asks for privacy.
    requests.deliver(mailFrom('Bora <bora@mail.example>', { text: 'Please delete my data.' }).raw);
    await called('requests.example.net');

    // The form that anybody fills in, checked against spam.
    const form = new URLSearchParams({ kind: 'ERASE', text: 'Please', 'cf-turnstile-response': 'a-token' });
    const filled = await fetch(`${server.url}/privacy/requests`, { method: 'POST', body: form, redirect: 'manual' });
    expect(filled.status).toBe(303);

    // Consent at Instagram, whose codes are exchanged at a host of their own.
    const { start } = await client.ask<{ start: { state: string; authorizationUrl: string } }>(
      'mutation { start: startChannelAuthorization(kind: INSTAGRAM) { state authorizationUrl } }',
    );
    const { redirect } = await control<{ redirect: string }>('/consent', {
      url: start.authorizationUrl.replace('https://www.instagram.com', `${sandbox.url}/instagram-dialog`),
    });
    const { pathname, search } = new URL(redirect);
    await fetch(`${server.url}${pathname}${search}`, { redirect: 'manual', headers: { cookie: client.cookie ?? '' } });

    await client.ask(
      'mutation ($state: String!) { completeChannelAuthorization(state: $state, externalIds: ["17841400000000002"]) { id } }',
      { state: start.state },
    );

    await tokensRenewed(['17841400000000002', numbers.phoneNumberId]);

    // A model: the deployment's, then one that the business names.
    await client.ask('mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }', {
      input: { kind: 'TEXT', title: 'The shop', text },
    });
    await client.ask('mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }', {
      input: { kind: 'FAQ', title: 'Questions', faq },
    });
    // A page of its own that it names as its knowledge, read before any model may be asked.
    await client.ask('mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }', {
      input: { kind: 'URL', title: 'Repairs', url: 'https://help.shop.example/repairs' },
    });
    await called('help.shop.example');
    await client.ask('mutation ($input: BotInput!) { createBot(input: $input) { id } }', {
      input: { name: 'Ada', channelIds: [channels[2]?.one.id] },
    });
    const settings = 'mutation ($input: AiSettingsInput!) { updateAiSettings(input: $input) { enabled } }';
    await client.ask(settings, { input: { enabled: true } });
    await play('whatsapp', { kind: 'text', text: 'How long does express shipping take?' });
    await called('api.openai.com');
    const baseUrl = 'https://model.shop.example/v1';
    await client.ask(settings, { input: { baseUrl, apiKey: 'sk-of-the-shop' } });
    await play('whatsapp', { kind: 'text', text: 'How much does express shipping cost?' });
    await called('model.shop.example');
    await called('hooks.shop.example');

    // A plan, sold by somebody else.
    await client.ask('mutation { startCheckout(plan: "all", addOns: []) }');
    await called('api.polar.sh');

    for (const host of pushHosts) await called(host);
    // What must outlast a backup is written to the journal.
    const { rows } = await owner.query<{ id: string }>("select id from contacts where name like 'Bora%'");
    await client.ask('mutation ($id: ID!) { eraseContact(contactId: $id) { id } }', { id: rows[0]?.id });
    await called('journal.example.net');
    expect(mails.handed.length).toBeGreaterThan(0);
    const backup = await runCli(server.environment, 'backup', 'create');
    expect(backup).toMatchObject({ code: 0 });
    for (const { one } of [...channels, { one: lineChannel }])
      await client.ask('mutation ($id: ID!) { disconnectChannel(id: $id) { id } }', { id: one.id });
    await eventually(async () => {
      const { rowCount } = await owner.query(`select from due where kind in ('release-access', 'end-access')`);
      return rowCount === 0 ? true : null;
    });
  }, 120_000);

  /** Tokens of these accounts are about to end, and are renewed by the clock alone. */
  async function tokensRenewed(accounts: readonly string[]): Promise<void> {
    await owner.query(
      `with ending as (
         update channels set granted_at = now() - interval '55 days', token_expires_at = now() + interval '5 days'
          where external_id = any ($1) returning workspace_id, id)
       insert into due (kind, workspace_id, row_id, due_at) select 'token-refresh', workspace_id, id, now() from ending
       on conflict (kind, workspace_id, row_id) do update set due_at = excluded.due_at, generation = due.generation + 1`,
      [accounts],
    );
    await eventually(async () => {
      const { rowCount } = await owner.query(
        `select from channels where external_id = any ($1) and token_expires_at > now() + interval '30 days'`,
        [accounts],
      );
      if (rowCount === accounts.length) return true;
      // A machine that stood still for a moment lets a call end unanswered, and the next try is an hour away.
      await owner.query(
        `update due set due_at = now() where kind = 'token-refresh' and lease is null and due_at between now() and now() + interval '1 hour'`,
      );
      return null;
    }, 30_000);
  }

  it('called whom its page lists, and nobody else; whoever the page lists was called [promise 32] [promise 33]', async () => {
    const [list, hosts] = [await published(), await internet.hosts()];
    expect(list.length).toBeGreaterThan(15);
    expect(hosts.filter((host) => !isAmong(host, list) && !ofTheBusiness.includes(host))).toEqual([]);
    expect(list.filter((one) => !hosts.some((host) => isAmong(host, [one])))).toEqual([]);
    expect(ofTheBusiness.filter((host) => !hosts.includes(host) || isAmong(host, list))).toEqual([]);
  });

  it('asks the name servers of its machine where hosts are and for what proves who sent a mail, and nothing else', async () => {
    const [calls, hosts] = [await internet.calls(), await internet.hosts()];
    const strange = (name: string) => !/\._domainkey\./.test(name) && !hosts.includes(name);
    expect(calls.filter(({ asked: name }) => name !== undefined && strange(name))).toEqual([]);
    expect(calls.filter(({ datagram }) => datagram !== undefined)).toEqual([]);
  });

  async function writeOnLine(channelId: string): Promise<void> {
    const event = {
      type: 'message',
      mode: 'active',
      timestamp: Date.now(),
      webhookEventId: '01H000000000000000000000LL',
      deliveryContext: { isRedelivery: false },
      replyToken: 'reply',
      source: { type: 'user', userId: `U${'a'.repeat(32)}` },
      message: { id: '44000000001', type: 'image', contentProvider: { type: 'line' } },
    };
    const body = JSON.stringify({ destination: 'U66', events: [event] });
    const response = await fetch(`${server.url}/webhooks/line/${channelId}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-line-signature': createHmac('sha256', lineSecret).update(body).digest('base64'),
      },
      body,
    });
    expect(response.status).toBe(200);
  }
});
