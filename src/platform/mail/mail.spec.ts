import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import pg from 'pg';
import { type MailCatcher, readMail, startMailCatcher } from '../../../apps/sandbox/mail/catcher.js';
import { type TestDatabase, createTestDatabase } from '../../../test/support/database.js';
import { Config, readEnvironment } from '../config/index.js';
import { DatabaseModule, SystemDatabase, Workspaces, newId, sql } from '../database/index.js';
import { OutboxModule } from '../outbox/index.js';
import { QueueModule, Queues } from '../queue/index.js';
import { SecretsModule } from '../secrets/index.js';
import { MailModule, Mails, type MailTemplate, PublicLinks } from './index.js';

const secrets = {
  encryptionKeys: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  passwordPepper: 'a pepper for the tests',
  metaVerifyToken: 'verify',
  sandboxAppSecret: 'sandbox',
  vapidPrivateKey: Buffer.alloc(32, 9).toString('base64url'),
  receiptSigningKey: Buffer.alloc(32, 11).toString('base64'),
};

const greeting: MailTemplate<{ readonly name: string; readonly token: string }> = {
  name: 'greeting',
  hours: 2,
  texts: {
    en: ({ name, token }, kit) => ({
      subject: `Hello ${name}`,
      parts: [
        `Hello ${kit.named(name)}, <b>how</b> are you?`,
        { label: 'Answer', url: kit.publicLink('/answer', { token }) },
      ],
      unsubscribeUrl: kit.publicLink('/stop', { token }),
    }),
    tr: ({ name }, kit) => ({ subject: `Merhaba ${name}`, parts: [`Merhaba ${kit.named(name)}, nasılsın? ŞĞİı`] }),
  },
};

let database: TestDatabase;
let admin: pg.Client;
let folder: string;
let catcher: MailCatcher;
const running: TestingModule[] = [];

async function start(environment: Record<string, string>): Promise<TestingModule> {
  const given = { NODE_ENV: 'test', DATA_DIR: folder, PUBLIC_URL: 'https://parley.example', ...environment };
  const config = new Config(readEnvironment(given), secrets, database.appUrl, null);

  @Global()
  @Module({ providers: [{ provide: Config, useValue: config }], exports: [Config] })
  class Surroundings {}

  const compiled = await Test.createTestingModule({
    imports: [Surroundings, DatabaseModule, SecretsModule, OutboxModule, QueueModule, MailModule],
  })

    .compile();
  compiled.get(Mails).define(greeting);
  running.push(compiled);
  return compiled.init();
}

const write = (module: TestingModule, more: Partial<Parameters<Mails['queue']>[1]> = {}) =>
  module.get(SystemDatabase).run((tx) =>
    module.get(Mails).queue(tx, {
      to: 'ada@example.com',
      template: greeting,
      locale: 'en',
      values: { name: 'Ada', token: 'the-secret-token' },
      ...more,
    } as never),
  );

const rowsOf = async <Row>(text: string): Promise<Row[]> => (await admin.query(text)).rows as Row[];

/** Runs what is due over and over, as if the waits were short, until `holds`. */
async function until(module: TestingModule, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await holds()) return;
    await admin.query('update due set due_at = now() where leased_until is null');
    await module.get(Queues).sweep();
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('What was waited for did not happen.');
}

beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'parley-mail-'));
  admin = new pg.Client({ connectionString: database.ownerUrl });
  await admin.connect();
});

beforeEach(async () => {
  catcher = await startMailCatcher();
});

afterEach(async () => {
  for (const module of running.splice(0)) await module.close();
  await catcher.close();
  await admin.query('delete from mails');
  await admin.query('delete from due');
  await rm(path.join(folder, 'mail'), { recursive: true, force: true });
});

afterAll(async () => {
  await admin.end();
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

describe('a mail', () => {
  it('goes to the mail server as text and HTML, from the configured address, and leaves nothing behind', async () => {
    const module = await start({ SMTP_URL: catcher.url, MAIL_FROM: 'Parley <post@parley.example>' });
    await write(module);
    await until(module, () => catcher.mails.length > 0);
    const [mail] = catcher.mails;
    expect(mail).toMatchObject({
      envelopeFrom: 'post@parley.example',
      to: ['ada@example.com'],
      from: 'post@parley.example',
      subject: 'Hello Ada',
    });
    expect(mail?.messageId).toMatch(/^<[0-9a-f-]{36}@parley\.example>$/);
    expect(mail?.text).toContain('<b>how</b>');
    expect(mail?.text).toContain('https://parley.example/answer?token=the-secret-token');
    expect(mail?.html).toContain('&lt;b&gt;how&lt;/b&gt;');
    expect(mail?.html).toContain('href="https://parley.example/answer?token=the-secret-token"');
    expect(mail?.headers).toMatchObject({
      'auto-submitted': 'auto-generated',
      'list-unsubscribe': '<https://parley.example/stop?token=the-secret-token>',
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    });
    await until(module, async () => (await rowsOf('select from due')).length === 0);
    expect(await rowsOf('select from mails')).toEqual([]);
  });

  it('is written in Turkish too', async () => {
    const module = await start({ SMTP_URL: catcher.url });
    await write(module, { locale: 'tr', values: { name: 'Şule', token: 't' } });
    await until(module, () => catcher.mails.length > 0);
    expect(catcher.mails[0]?.subject).toBe('Merhaba Şule');
    expect(catcher.mails[0]?.text).toContain('Merhaba Şule, nasılsın? ŞĞİı');
    expect(catcher.mails[0]?.html).toContain('<html lang="tr">');
  });

  it('does not go out when the transaction is not committed', async () => {
    const module = await start({ SMTP_URL: catcher.url });
    await expect(
      module.get(SystemDatabase).run(async (tx) => {
        const values = { name: 'Ada', token: 't' };
        await module.get(Mails).queue(tx, { to: 'ada@example.com', template: greeting, locale: 'en', values });
        throw new Error('not after all');
      }),
    ).rejects.toThrow('not after all');
    await module.get(Queues).sweep();
    expect(await rowsOf('select from mails')).toEqual([]);
    expect(catcher.tries).toBe(0);
  });

  it('waits with nothing to read in the database: neither the address nor what it is filled with', async () => {
    const module = await start({ SMTP_URL: catcher.url, ROLE: 'api' });
    await write(module);
    const [row] = await rowsOf<object>('select * from mails');
    expect(JSON.stringify(row)).not.toMatch(/ada@example|the-secret-token/);
    expect(JSON.stringify(Object.values(row ?? {}).map(String))).not.toMatch(/ada@example|the-secret-token|Ada/);
  });

  it('of a workspace goes away with it, and one of no workspace stays', async () => {
    const module = await start({ SMTP_URL: catcher.url, ROLE: 'api' });
    const workspaceId = newId();
    await module.get(Workspaces).run(workspaceId, async (tx) => {
      await tx.execute(sql`insert into workspaces (id, name) values (${workspaceId}, 'Engines')`);
      const values = { name: 'Ada', token: 't' };
      const mail = { to: 'ada@example.com', template: greeting, locale: 'en', values } as const;
      await module.get(Mails).queue(tx, { ...mail, workspaceId });
      await module.get(Mails).queue(tx, mail);
    });
    expect(await rowsOf('select from mails')).toHaveLength(2);
    await admin.query('delete from workspaces where id = $1', [workspaceId]);
    expect(await rowsOf('select workspace_id from mails')).toEqual([{ workspace_id: null }]);
  });
});

describe('a mail server that has trouble', () => {
  it.each([
    ['says later', { answer: 451 }],
    ['has no room at the moment', { answer: 421 }],
    ['does not let us in', { answer: 535 }],
    ['hangs up', 'cut'],
  ] as const)('and %s is asked again with the same Message-ID', async (_, fault) => {
    const { port } = new URL(catcher.url);
    const module = await start({ SMTP_URL: catcher.url });
    catcher.fail(fault);
    await write(module);
    await until(module, async () => (await rowsOf('select from mails where tries = 1')).length === 1);
    const [waiting] = await rowsOf<{ id: string }>('select id from mails');
    if (fault === 'cut') catcher = await startMailCatcher(Number(port));
    await until(module, () => catcher.mails.length > 0);
    expect(catcher.mails).toHaveLength(1);
    expect(catcher.mails[0]?.messageId).toBe(`<${waiting?.id ?? ''}@parley.example>`);
  });

  it('and says never has the mail set aside at once, visibly and without its content', async () => {
    const module = await start({ SMTP_URL: catcher.url });
    catcher.fail({ answer: 550 });
    await write(module);
    await until(module, async () => (await rowsOf('select from mails where set_aside_at is not null')).length === 1);
    const [row] = await rowsOf('select content, reason, template from mails');
    // The server's answer quotes the address; of it only the number is kept.
    expect(row).toEqual({ content: null, reason: 'EMESSAGE 550', template: 'greeting' });
    await until(module, async () => (await rowsOf('select from due')).length === 0);
    expect(catcher.tries).toBe(1);
  });

  it('for longer than the mail is worth sending ends in setting it aside', async () => {
    await catcher.close();
    const module = await start({ SMTP_URL: 'smtp://127.0.0.1:1' });
    await write(module);
    await until(module, async () => (await rowsOf('select from mails where tries >= 3')).length === 1);
    await admin.query(`update mails set expires_at = now() - interval '1 second'`);
    await until(module, async () => (await rowsOf('select from mails where set_aside_at is not null')).length === 1);
    expect(await rowsOf('select reason from mails')).toEqual([{ reason: 'out of time, at last ESOCKET' }]);
  });
});

describe('without a mail server', () => {
  it('mails are written under DATA_DIR/mail, for the operator alone to read', async () => {
    const module = await start({});
    await write(module);
    await until(module, async () => (await rowsOf('select from mails')).length === 0);
    const [name] = await readdir(path.join(folder, 'mail'));
    expect(name).toMatch(/-greeting-[0-9a-f-]{36}\.eml$/);
    const file = path.join(folder, 'mail', name ?? '');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const mail = await readMail(await readFile(file));
    expect(mail).toMatchObject({ to: ['ada@example.com'], subject: 'Hello Ada', from: 'no-reply@parley.example' });
    expect(mail.text).toContain('https://parley.example/answer?token=the-secret-token');
  });
});

describe('what people chose to be called', () => {
  it('begins no header of its own', async () => {
    const module = await start({ SMTP_URL: catcher.url });
    await write(module, { values: { name: 'Ada\r\nBcc: victim@example.com\r\n\r\nbody', token: 't' } });
    await until(module, () => catcher.mails.length > 0);
    const [mail] = catcher.mails;
    expect(mail?.to).toEqual(['ada@example.com']);
    expect(mail?.headers['bcc']).toBeUndefined();
    expect(mail?.raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
  });

  it.each([
    'ada@example.com, bob@example.com',
    'ada@example.com\r\nBcc: bob@example.com',
    'Ada <ada@example.com>',
    'a b@example.com',
    'ada',
    '',
  ])('%j is no address that a mail is queued for', async (to) => {
    const module = await start({ SMTP_URL: catcher.url, ROLE: 'api' });
    await expect(write(module, { to })).rejects.toThrow('one address');
    expect(await rowsOf('select from mails')).toEqual([]);
  });

  it('is no link that a mail program would make one of', async () => {
    const links = (await start({ ROLE: 'api' })).get(PublicLinks);
    expect(links.named('https://evil.example/x')).toBe('https evil\u2024example/x');
    expect(links.named('me@evil.example')).toBe('me＠evil\u2024example');
    expect(links.named('Acme Inc. & Söhne')).toBe('Acme Inc. & Söhne');
    expect(links.named('a\r\nb')).toBe('a b');
    expect([...links.named('x'.repeat(500))]).toHaveLength(80);
    for (const elsewhere of ['//evil.example', 'https://evil.example', '/\\evil', 'evil'])
      expect(() => links.publicLink(elsewhere)).toThrow('a path of this deployment');
  });
});
