import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { Queues } from '../../src/platform/queue/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';
import { Dovecot } from '../support/dovecot.js';
import { MailHost, mailFrom } from '../support/mail-host.js';

interface Message {
  readonly id: string;
  readonly text: string | null;
  readonly status: string;
  readonly externalId: string | null;
  readonly attachments: readonly { readonly status: string; readonly size: number }[];
}

/** The mailbox of a real IMAP server, and a small server that takes mails. */
describe('a mailbox at Dovecot', () => {
  const password = 'dovecot-password';
  let dovecot: Dovecot;
  let smtp: MailHost;
  let app: TestApp;
  let client: TestClient;
  let sql: pg.Client;

  beforeAll(async () => {
    const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '/tmp', 'dovecot-'));
    dovecot = await Dovecot.start(folder, password);
    smtp = await MailHost.start();
    const hosts = `${smtp.environment['MAIL_ALLOWED_HOSTS'] ?? ''},127.0.0.1:${String(dovecot.port)}`;
    app = await startTestApp({ environment: { MAIL_ALLOWED_HOSTS: hosts } });
    client = await TestClient.signedUp(app.url);
    sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
  }, 60_000);
  afterAll(async () => {
    await sql.end();
    await client.close();
    await app.close();
    await smtp.close();
    await dovecot.stop();
  });

  const messages = async (): Promise<(Message & { readonly conversationId: string })[]> => {
    const { conversations } = await client.ask<{
      conversations: { nodes: { id: string; messages: { nodes: Message[] } }[] };
    }>(
      '{ conversations(first: 50) { nodes { id messages(first: 50) { nodes { id text status externalId attachments { status size } } } } } }',
    );
    return conversations.nodes.flatMap(({ id, messages: { nodes } }) =>
      nodes.map((node) => ({ ...node, conversationId: id })),
    );
  };
  const arrived = (id: string, holds: (message: Message) => boolean = () => true) =>
    eventually(async () => (await messages()).find((one) => one.externalId === id && holds(one)) ?? null, 30_000);
  const connect = (imapUrl: string) =>
    client.ask('mutation ($input: ConnectEmailInput!) { connectEmail(input: $input) { id } }', {
      input: { address: 'support@shop.example', imapUrl, smtpUrl: smtp.smtpUrl() },
    });

  it('is connected with its password alone', async () => {
    await dovecot.deliver(mailFrom('before@mail.example').raw);
    await expect(connect(dovecot.url('shop', 'wrong'))).rejects.toThrow(/name and password/);
    await connect(dovecot.url());
    expect(await messages()).toEqual([]);
  });

  it('tells of a mail as it comes, with what is attached, and keeps it unread where it is', async () => {
    await eventually(async () =>
      (await sql.query(`select 1 from due where kind = 'fetch-mail' and leased_until > now()`)).rowCount ? true : null,
    );
    const bytes = Buffer.alloc(3_000_000, 7);
    const mail = mailFrom('ayse@mail.example', {
      headers: { 'Content-Type': 'multipart/mixed; boundary=b' },
      text: `--b\nContent-Type: text/plain; charset=utf-8\n\nGünaydın\n--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=a.bin\nContent-Transfer-Encoding: base64\n\n${(bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\n')}\n--b--`,
    });
    await dovecot.deliver(mail.raw);
    const message = await arrived(mail.id, ({ attachments }) =>
      attachments.every(({ status }) => status !== 'FETCHING'),
    );
    expect(message).toMatchObject({ text: 'Günaydın', attachments: [{ status: 'READY', size: bytes.length }] });
    const kept = await dovecot.mails();
    expect(kept).toHaveLength(2);
    expect(kept.filter((name) => /:2,.*[ST]/.test(name))).toEqual([]);
  });

  it('settles what was not confirmed by the copy among what was sent', async () => {
    const mail = mailFrom('bora@mail.example');
    await dovecot.deliver(mail.raw);
    const { conversationId } = await arrived(mail.id);
    smtp.faults.push('cut');
    await client.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }', {
      input: { conversationId, text: 'Merhaba', idempotencyKey: randomUUID() },
    });
    await eventually(async () => (await messages()).find(({ status }) => status === 'UNCONFIRMED') ?? null, 15_000);
    await dovecot.deliver(smtp.handed[0]?.raw ?? '', 'Sent');
    await dovecot.deliver(mailFrom('cem@mail.example').raw);
    await eventually(
      async () => (await messages()).find(({ text, status }) => text === 'Merhaba' && status === 'SENT') ?? null,
      30_000,
    );
    expect(smtp.handed).toHaveLength(1);
  });

  it('loses nothing while the server is away', async () => {
    await dovecot.stop();
    const mail = mailFrom('dora@mail.example', { text: 'while you were away' });
    await dovecot.deliver(mail.raw);
    await eventually(
      async () =>
        (await sql.query(`select 1 from due where kind = 'fetch-mail' and leased_until is null`)).rowCount
          ? true
          : null,
      20_000,
    );
    await dovecot.restart();
    await sql.query(`update due set due_at = now() where kind = 'fetch-mail'`);
    await app.app.get(Queues).sweep();
    expect((await arrived(mail.id)).text).toBe('while you were away');
    const ids = (await messages()).map(({ externalId }) => externalId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
