import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { Queues } from '../../src/platform/queue/index.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';
import { Dovecot } from '../support/dovecot.js';
import { TcpProxy } from '../faults/harness/tcp-proxy.js';
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
  let cable: TcpProxy;
  let smtp: MailHost;
  let app: TestApp;
  let client: TestClient;
  let sql: pg.Client;

  beforeAll(async () => {
    const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '/tmp', 'dovecot-'));
    dovecot = await Dovecot.start(folder, password);
    smtp = await MailHost.start();
    cable = await TcpProxy.start(dovecot.port);
    const ports = [dovecot.port, cable.port].map((port) => `127.0.0.1:${String(port)}`).join(',');
    const hosts = `${smtp.environment['MAIL_ALLOWED_HOSTS'] ?? ''},${ports}`;
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
    await cable.close();
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
  const connect = (imapUrl: string, address = 'support@shop.example') =>
    client.ask<{ connectEmail: { id: string } }>(
      'mutation ($input: ConnectEmailInput!) { connectEmail(input: $input) { id } }',
      { input: { address, imapUrl, smtpUrl: smtp.smtpUrl() } },
    );
  const state = async (holds: 'leased' | 'free', channelId?: string) =>
    eventually(async () => {
      const { rowCount } = await sql.query(
        `select 1 from due where kind = 'fetch-mail' and coalesce(leased_until > now(), false) = $1 and row_id = coalesce($2, row_id)`,
        [holds === 'leased', channelId ?? null],
      );
      return rowCount ? true : null;
    }, 30_000);
  const hurry = async (kind = 'fetch-mail') => {
    await sql.query(`update due set due_at = now() where kind = $1`, [kind]);
    await app.app.get(Queues).sweep();
  };

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

  it('keeps a copy of an answer among what was sent, read and once', async () => {
    const mail = mailFrom('elif@mail.example', { text: 'a copy, please' });
    await dovecot.deliver(mail.raw);
    const { conversationId } = await arrived(mail.id);
    const before = await dovecot.mails('Sent');
    await client.ask('mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id } }', {
      input: { conversationId, text: 'here it is', idempotencyKey: randomUUID() },
    });
    const sent = async () =>
      (await messages()).filter(({ text, status }) => text === 'here it is' && status === 'SENT');
    await eventually(async () => ((await sent()).length === 1 ? true : null), 15_000);
    // Twice, as where the first try was not confirmed: the second finds the first.
    const { rows } = await sql.query<{ workspaceId: string; rowId: string }>(
      `select workspace_id as "workspaceId", row_id as "rowId" from due where kind = 'keep-copy'
          and row_id = (select id from messages where text = 'here it is')`,
    );
    expect(rows).toHaveLength(1);
    for (const again of [false, true]) {
      if (again)
        await sql.query(`insert into due (kind, workspace_id, row_id, due_at) values ('keep-copy', $1, $2, now())`, [
          rows[0]?.workspaceId,
          rows[0]?.rowId,
        ]);
      await hurry('keep-copy');
      await eventually(
        async () => ((await sql.query(`select 1 from due where kind = 'keep-copy'`)).rowCount ? null : true),
        20_000,
      );
    }
    const copies = (await dovecot.mails('Sent')).filter((name) => !before.includes(name));
    expect(copies).toEqual([expect.stringMatching(/:2,S/)]);
    // The copy is read back, and is no message of its own.
    const later = mailFrom('fuat@mail.example');
    await dovecot.deliver(later.raw);
    await arrived(later.id);
    expect(await sent()).toHaveLength(1);
  });

  it('takes nothing of ten thousand mails that were there before, also where all are numbered anew', async () => {
    const old = new Date(Date.now() - 3_600_000);
    const raws = Array.from({ length: 10_000 }, (_, index) => mailFrom(`c${String(index)}@mail.example`).raw);
    await dovecot.deliverAll(raws, { user: 'large', at: old });
    const { connectEmail } = await connect(dovecot.url('large'), 'large@shop.example');
    const mine = async () =>
      (
        await sql.query<{ text: string }>(`select text from messages where channel_id = $1 order by id`, [
          connectEmail.id,
        ])
      ).rows.map(({ text }) => text);
    await state('leased', connectEmail.id);
    const first = mailFrom('g@mail.example', { text: 'the first one' });
    await dovecot.deliverAll([first.raw], { user: 'large' });
    await arrived(first.id);
    expect(await mine()).toEqual(['the first one']);
    await dovecot.renumber('large');
    const second = mailFrom('h@mail.example', { text: 'after the numbers' });
    await dovecot.deliverAll([second.raw], { user: 'large' });
    await state('free', connectEmail.id);
    await hurry();
    await arrived(second.id);
    expect(await mine()).toEqual(['the first one', 'after the numbers']);
    expect((await sql.query('select 1 from deliveries')).rowCount).toBe(0);
  }, 240_000);

  it('passes no mail over where the connection is cut in the middle of one, whichever it is', async () => {
    const { connectEmail } = await connect(
      `imap://cut:${encodeURIComponent(password)}@127.0.0.1:${String(cable.port)}`,
      'cut@shop.example',
    );
    await state('leased', connectEmail.id);
    const mails = Array.from({ length: 6 }, (_, index) =>
      mailFrom('ilgi@mail.example', { subject: String(index), text: `${String(index)} ${'word '.repeat(20_000)}` }),
    );
    cable.cutAfter(50_000);
    await dovecot.deliverAll(
      mails.map(({ raw }) => raw),
      { user: 'cut' },
    );
    for (const bytes of [180_000, 90_000, 400_000]) {
      await eventually(async () => Promise.resolve(cable.waitsToCut ? null : true), 60_000);
      await state('free', connectEmail.id);
      cable.cutAfter(bytes);
      await hurry();
    }
    await eventually(async () => Promise.resolve(cable.waitsToCut ? null : true), 60_000);
    await state('free', connectEmail.id);
    await hurry();
    for (const { id } of mails) await arrived(id);
    const { rows } = await sql.query<{ subject: string }>(
      `select m.content -> 'mail' ->> 'subject' as subject from messages m where channel_id = $1 order by 1`,
      [connectEmail.id],
    );
    expect(rows.map(({ subject }) => subject)).toEqual(['0', '1', '2', '3', '4', '5']);
  }, 240_000);
});
