import pg from 'pg';
import { type CaughtMail } from '../../../apps/sandbox/mail/catcher.js';
import { type TestApp, startTestApp } from '../../../test/support/app.js';
import { TestClient, eventually } from '../../../test/support/client.js';
import { type TestDatabase, createTestDatabase } from '../../../test/support/database.js';
import { Config } from '../../platform/config/index.js';
import { OutgoingClient } from '../../platform/http/index.js';
import { AnnounceRecipientsWorker } from './announce-recipients.worker.js';
import { mailsIn } from '../../../test/support/written-mails.js';

const withModel = { OPENAI_API_KEY: 'sk-none', PRIVACY_EMAIL: 'privacy@parley.example' };
const withTurnstile = { TURNSTILE_SITE_KEY: '0x4AAAAAAA', TURNSTILE_SECRET_KEY: 'a-secret' };
/** What the one outgoing client says when the model is called. */
const callOf = ({ app }: TestApp) =>
  app
    .get(OutgoingClient)
    .request('https://api.openai.com/v1/models', { signal: AbortSignal.abort() })
    .then(
      () => 'called',
      (error: { reason: string; message: string }) => `${error.reason}: ${error.message}`,
    );
const day = (days: number) => new Date(Date.now() + days * 86_400_000);
const written = (date: Date, language: string) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(date);

describe('a recipient who is new', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let app: TestApp | null = null;
  const people = new Map<string, { client: TestClient; email: string }>();

  async function restart(environment: Readonly<Record<string, string>> = {}): Promise<TestApp> {
    await app?.close();
    app = null;
    app = await startTestApp({ database, redis: false, environment });
    return app;
  }
  /** What the present server has written to somebody of the new recipient. */
  async function told(name: string, { app: running }: TestApp): Promise<CaughtMail[]> {
    const mails = await mailsIn(running.get(Config).mailFolder);
    return mails.filter(
      ({ to, subject }) => to.includes(people.get(name)?.email ?? '') && /recipient of data|veri alıcısı/.test(subject),
    );
  }
  const toldOnce = (name: string, running: TestApp) =>
    eventually(async () => (await told(name, running))[0] ?? null, 15_000);
  const everyoneTold = () =>
    eventually(async () => {
      const { rows } = await owner.query(`select from recipients where not told`);
      const left = await owner.query(`select from mails`);
      return rows.length === 0 && left.rows.length === 0 ? true : null;
    }, 15_000);

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    const first = await restart();
    for (const name of ['Ada', 'Bora', 'Grace']) {
      const client = await TestClient.signedUp(first.url, name);
      const { viewer } = await client.ask<{ viewer: { email: string } }>('{ viewer { email } }');
      people.set(name, { client, email: viewer.email });
    }
    await owner.query('update users set email_verified_at = now()');
    await owner.query(`update users set locale = 'tr' where name = 'Bora'`);
    await owner.query(
      `update members set role = 'EDITOR' from users where users.id = members.user_id and users.name = 'Grace'`,
    );
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await owner.end();
    await database.drop();
  });

  const list = '{ announcedRecipients { name purpose region safeguard announcedAt usedFrom url } }';
  const asked = async (running: TestApp) => {
    const ada = people.get('Ada')?.client;
    const client = Object.assign(new TestClient(running.url), { cookie: ada?.cookie, workspaceId: ada?.workspaceId });
    return (await client.ask<{ announcedRecipients: { name: string; usedFrom: string }[] }>(list)).announcedRecipients;
  };

  it('is nobody at the first start: the list that everybody signed up with holds at once', async () => {
    const { rows } = await owner.query<{ recipient: string }>(
      'select recipient from recipients where announced_at is null and told and used_from <= now() order by 1',
    );
    expect(rows.map(({ recipient }) => recipient)).toEqual(
      expect.arrayContaining(['line', 'meta', 'push:fcm.googleapis.com', 'telegram']),
    );
    const { rowCount } = await owner.query('select from recipients');
    expect(rowCount).toBe(rows.length);
    const running = await restart();
    expect(await asked(running)).toEqual([]);
    expect(await told('Ada', running)).toEqual([]);
  });

  it('is announced to the owners by mail, on the page and in the dashboard, thirty days before it is called [promise 33] [promise 79]', async () => {
    const running = await restart(withModel);
    const [ada, bora] = [await toldOnce('Ada', running), await toldOnce('Bora', running)];
    for (const [mail, language, safeguard] of [
      [ada, 'en', 'standard contractual clauses'],
      [bora, 'tr', 'standart sözleşme hükümleri'],
    ] as const) {
      expect(mail.text).toContain('OpenAI');
      expect(mail.text).toContain(written(day(30), language));
      expect(mail.text).toContain(safeguard);
      expect(mail.text).toContain('privacy@parley.example');
      expect(mail.text).toContain(`/privacy/processors?lang=${language}`);
    }
    await everyoneTold();
    expect(await told('Grace', running)).toEqual([]);
    expect(await asked(running)).toMatchObject([{ name: expect.stringContaining('OpenAI') }]);
    const page = await (await fetch(`${running.url}/privacy/processors?lang=en`)).text();
    expect(page.match(/OpenAI Ireland/g)).toHaveLength(1);
    expect(page).toContain(`(from ${written(day(30), 'en')} on)`);
    expect(await callOf(running)).toMatch(/^recipient: api\.openai\.com is a new recipient/);
  });

  it('is announced once, whoever starts again', async () => {
    const running = await restart(withModel);
    await running.app.get(AnnounceRecipientsWorker).onApplicationBootstrap();
    await everyoneTold();
    expect(await told('Ada', running)).toEqual([]);
    expect(await callOf(running)).toMatch(/^recipient/);
  });

  it('is called when its day has come', async () => {
    await owner.query(`update recipients set used_from = now() where recipient = 'model:api.openai.com'`);
    expect(await callOf(await restart(withModel))).toMatch(/^(?!recipient)/);
  });

  it('is told anew where the operator shortens the notice, and called then', async () => {
    await owner.query(
      `update recipients set used_from = announced_at + interval '30 days' where recipient = 'model:api.openai.com'`,
    );
    const running = await restart({ ...withModel, RECIPIENT_NOTICE_DAYS: '0' });
    expect((await toldOnce('Ada', running)).text).toContain(written(day(0), 'en'));
    await everyoneTold();
    expect(await callOf(running)).toMatch(/^(?!recipient)/);
  });

  it('takes over nothing that the server needs before its day: the start says how to go on, and tells the owners', async () => {
    await expect(restart({ SMTP_URL: 'smtp://mail.new.example:587' })).rejects.toThrow(
      new RegExp(
        `mail\\.new\\.example .*from ${day(30).toISOString().slice(0, 10)} on.*RECIPIENT_NOTICE_DAYS=0.*SMTP_URL as it was`,
      ),
    );
    const running = await restart();
    expect((await toldOnce('Ada', running)).text).toContain('mail.new.example');
  });

  it('leaves the public form open until its day where it is Turnstile, and lets nothing of theirs into a browser [promise 33]', async () => {
    const form = ({ url }: TestApp) =>
      fetch(`${url}/privacy/requests`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: 'Please delete my data' }),
      });
    const pageOf = async ({ url }: TestApp) => {
      const page = await fetch(`${url}/privacy`);
      return `${String(page.headers.get('content-security-policy'))} ${await page.text()}`;
    };
    const before = await restart(withTurnstile);
    expect(await pageOf(before)).not.toMatch(/challenges\.cloudflare\.com|cf-turnstile/);
    expect((await form(before)).status).toBe(202);
    await owner.query(`update recipients set used_from = now() where recipient = 'spam:challenges.cloudflare.com'`);
    const then = await restart(withTurnstile);
    expect(await pageOf(then)).toMatch(/challenges\.cloudflare\.com[\s\S]*class="cf-turnstile"/);
    expect((await form(then)).status).toBe(403);
  });
});

describe('a recipient who comes while nobody but the operator owns a workspace', () => {
  let database: TestDatabase;
  let owner: pg.Client;

  /** Starts with that configuration, looks, and stops again. */
  async function started<Seen>(
    environment: Readonly<Record<string, string>>,
    look: (running: TestApp) => Promise<Seen>,
  ): Promise<Seen> {
    const running = await startTestApp({ database, redis: false, environment });
    try {
      return await look(running);
    } finally {
      await running.close();
    }
  }
  const emailOf = async (client: TestClient) =>
    (await client.ask<{ viewer: { email: string } }>('{ viewer { email } }')).viewer.email;
  const announced = async () =>
    (await owner.query<{ recipient: string }>('select recipient from recipients where announced_at is not null')).rows;

  beforeEach(async () => {
    database = await createTestDatabase();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
  });
  afterEach(async () => {
    await owner.end();
    await database.drop();
  });

  it('is new to nobody: a first model is called, and a first mail server starts, at once', async () => {
    await started({}, ({ url }) => TestClient.signedUp(url));
    expect(await started({ ...withModel, SMTP_URL: 'smtp://mail.new.example:587' }, callOf)).toMatch(/^(?!recipient)/);
    expect(await announced()).toEqual([]);
  });

  it('is announced as soon as somebody else owns one, and not for a member who owns none', async () => {
    const second = await started({}, async ({ url }) => {
      await TestClient.signedUp(url);
      return TestClient.signedUp(url, 'Bora');
    });
    await owner.query(`update members set role = 'EDITOR' where workspace_id = $1`, [second.workspaceId]);
    expect(await started(withModel, callOf)).toMatch(/^(?!recipient)/);
    await owner.query(`update members set role = 'OWNER' where workspace_id = $1`, [second.workspaceId]);
    await expect(started({ SMTP_URL: 'smtp://mail.new.example:587' }, callOf)).rejects.toThrow('SMTP_URL as it was');
    expect(await announced()).toEqual([{ recipient: 'mail:mail.new.example' }]);
  });

  it('asks for those who are named where some are, whether or not their address is proved yet', async () => {
    const email = await started({}, async ({ url }) => emailOf(await TestClient.signedUp(url)));
    const named = { ...withModel, INSTANCE_OPERATORS: `someone@example.com, ${email.toUpperCase()}` };
    expect(await started(named, callOf)).toMatch(/^(?!recipient)/);
    const another = { SMTP_URL: 'smtp://mail.new.example:587', INSTANCE_OPERATORS: 'someone@example.com' };
    await expect(started(another, callOf)).rejects.toThrow('SMTP_URL as it was');
  });
});
