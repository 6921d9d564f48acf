import { createHash } from 'node:crypto';
import { ChannelsUnderTest, origin } from '../../../test/support/channels.js';
import { MailHost } from '../../../test/support/mail-host.js';
import type { Secrets } from '../../platform/secrets/index.js';
import type { OutgoingMessage } from '../channel-adapter.js';
import { composeMail } from './compose-mail.js';
import { ConnectEmail } from './connect-email.js';
import { MailHosts } from './mail-hosts.js';
import { mailServer } from './mail-server.js';
import { MessageNames } from './message-names.js';
import { SmtpClient } from './smtp-client.js';

const read = (url: string, allowed: readonly string[] = []) => mailServer('imap', url, 'a@shop.example', allowed);

describe('the address of a mail server', () => {
  it.each<[string, object]>([
    ['imaps://shop:secret@imap.example.com', { host: 'imap.example.com', port: 993, secure: true, user: 'shop' }],
    ['imap://shop:secret@imap.example.com', { port: 143, secure: false }],
    ['imaps://:p%40ss%2Fword@imap.example.com', { user: 'a@shop.example', password: 'p@ss/word' }],
    ['imaps://a%40b:x@IMAP.Bücher.example', { host: 'imap.xn--bcher-kva.example', user: 'a@b' }],
  ])('is read: %s', (url, server) => expect(read(url)).toMatchObject(server));

  it.each([
    'https://shop:secret@imap.example.com',
    'file:///etc/passwd',
    'imap.example.com',
    '',
    'imaps://shop@imap.example.com',
    'imaps://shop:secret@',
    'imaps://shop:secret@imap.example.com:22',
    'imaps://shop:secret@imap.example.com:6379',
    'imaps://shop:sec%0d%0aA1 LOGOUT@imap.example.com',
    'imaps://sh%00op:secret@imap.example.com',
    'imaps://shop:100%@imap.example.com',
    'imaps://shop:secret@imap..example.com',
    'imaps://shop:secret@-x.example.com',
    `imaps://shop:secret@${'a'.repeat(300)}.com`,
  ])('is refused, without a word of the password: %s', (url) => {
    let failure: unknown;
    try {
      read(url);
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ code: 'BAD_USER_INPUT', field: 'imapUrl' });
    expect((failure as Error).message).not.toMatch(/secret|sec%|100%/);
  });

  it('may have any port where the operator named it', () => {
    expect(read('imap://shop:secret@mail.local:1143', ['mail.local'])).toMatchObject({ port: 1143 });
    expect(() => read('imap://shop:secret@mail.local:1143', ['mail.local:993'])).toThrow('port');
  });

  it('needs no password where mails are handed to a server that the operator named, and nowhere else', () => {
    const named = ['relay.local'];
    const relay = mailServer('smtp', 'smtp://relay.local:25', 'a@shop.example', named);
    expect(relay).toMatchObject({ host: 'relay.local', password: '' });
    expect(() => mailServer('smtp', 'smtp://relay.example:25', 'a@shop.example', named)).toThrow('password is missing');
    expect(() => mailServer('imap', 'imap://relay.local', 'a@shop.example', named)).toThrow('password is missing');
  });
});

describe('a mailbox that somebody wants to connect', () => {
  let host: MailHost;
  let channels: ChannelsUnderTest;
  let strict: ChannelsUnderTest;
  beforeAll(async () => {
    host = await MailHost.start();
    channels = await ChannelsUnderTest.start(host.environment);
    strict = await ChannelsUnderTest.start();
  });
  afterAll(async () => {
    await channels.stop();
    await strict.stop();
    await host.close();
  });
  const connect = async (more: object = {}, on = channels) =>
    on.module.get(ConnectEmail).run(await on.workspace(), origin, host.input(more));
  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: unknown) => error as Error,
    );

  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '10.0.0.1',
    '169.254.169.254',
    '192.168.1.1',
    '100.64.0.1',
    '0x7f.1',
    '2130706433',
    '017700000001',
    'localhost',
  ])('is not looked for inside the walls: %s (case U4)', async (name) => {
    const said = host.imap.commands.length;
    const imapUrl = `imap://shop:secret@${name}:143`;
    const failure = await failureOf(connect({ imapUrl, smtpUrl: `smtp://shop:secret@${name}:587` }, strict));
    expect(failure).toMatchObject({ code: expect.stringMatching(/^(?:BAD_USER_INPUT|UNAVAILABLE)$/) });
    expect(failure?.message).not.toContain('secret');
    expect(host.imap.commands.length).toBe(said);
  });

  it.each<[string, (host: MailHost) => void, object, object]>([
    [
      'a password that is not taken',
      () => undefined,
      { imapUrl: 'wrong' },
      { code: 'BAD_USER_INPUT', field: 'imapUrl' },
    ],
    [
      'one that only the second server refuses',
      (one) => void (one.refusesWith = 535),
      {},
      { code: 'BAD_USER_INPUT', field: 'smtpUrl' },
    ],
    ['a server that says "not now"', (one) => void (one.imap.trouble = 'not now'), {}, { code: 'UNAVAILABLE' }],
    ['a second one that does', (one) => void (one.refusesWith = 454), {}, { code: 'UNAVAILABLE' }],
    ['no address', () => undefined, { address: 'support' }, { code: 'BAD_USER_INPUT', field: 'address' }],
    [
      'an address with a line in it',
      () => undefined,
      { address: 'a@b.example\r\nBcc: c@d.example' },
      { field: 'address' },
    ],
  ])('is refused with the reason: %s', async (_, trouble, more, expected) => {
    trouble(host);
    const given = 'imapUrl' in more ? { imapUrl: host.imap.url('shop', 'wrong') } : more;
    const failure = await failureOf(connect(given));
    host.imap.trouble = null;
    host.refusesWith = null;
    expect(failure).toMatchObject(expected);
    expect(failure?.message).not.toMatch(/PROVIDER TEXT|wrong/);
    expect((await channels.admin.query('select 1 from channels')).rowCount).toBe(0);
  });

  it('has to have TLS where it is public: without, nothing is said of the password', async () => {
    const hosts = strict.module.get(MailHosts);
    expect(await hosts.routesTo({ host: '93.184.216.34', port: 143, secure: false, user: '', password: '' })).toEqual([
      { address: '93.184.216.34', servername: undefined, tlsRequired: true },
    ]);
  });

  it('may hand its mails to a relay inside the walls that asks nobody to sign in', async () => {
    const relay = await MailHost.start({ signIn: false });
    const on = await ChannelsUnderTest.start({ MAIL_ALLOWED_HOSTS: '127.0.0.1' });
    try {
      const owner = await on.workspace();
      for (const smtpUrl of [relay.smtpUrl(), relay.smtpUrl().replace(/\/\/.*@/, '//')]) {
        const channel = await on.module.get(ConnectEmail).run(owner, origin, relay.input({ smtpUrl }));
        expect(channel).toMatchObject({ kind: 'EMAIL', status: 'CONNECTED' });
        const server = mailServer('smtp', smtpUrl, 'support@shop.example', ['127.0.0.1']);
        const envelope = { from: 'support@shop.example', to: ['ann@customer.example'] };
        const mail = Buffer.from('Subject: Hello\r\n\r\nHello.\r\n');
        const handover = await on.module.get(SmtpClient).hand(server, envelope, mail, new AbortController().signal);
        expect(handover).toEqual({ kind: 'taken' });
      }
    } finally {
      await on.stop();
      await relay.close();
    }
  });

  it('belongs to one workspace of the server [promise 23]', async () => {
    const owner = await channels.workspace();
    const run = (actor: typeof owner) => channels.module.get(ConnectEmail).run(actor, origin, host.input());
    const first = await run(owner);
    expect((await run(owner)).id).toBe(first.id);
    const other = await failureOf(connect({ address: 'other@shop.example' }));
    expect(other).toMatchObject({ code: 'CONFLICT' });
  });
});

describe('a mail on its way out', () => {
  const message: OutgoingMessage = {
    id: '0199a3c4-0000-7000-8000-000000000001',
    recipient: [{ externalId: 'a@mail.example', handle: null }],
    text: 'Hello',
    attachments: [],
    replyToExternalId: null,
    humanAgent: false,
  };
  const compose = async (more: Partial<OutgoingMessage>) =>
    (await composeMail('b@shop.example', '<x@shop.example>', { ...message, ...more })).bytes.toString();

  it('cannot be given a header by what stands in it (case B7)', async () => {
    const evil = 'x\r\nBcc: evil@evil.example\r\n\r\n<script>';
    const mail = await compose({
      text: `.\r\nQUIT\r\n${evil}`,
      mail: {
        subject: evil,
        cc: ['c@d.example\r\nBcc: evil@evil.example'],
        bcc: [],
        references: [`<a@b>\r\nBcc: e@f`, '<ok@x>'],
      },
    });
    const head = mail.slice(0, mail.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
    expect(head).not.toMatch(/^(?:bcc|cc):/im);
    expect(head).toMatch(/^References: <ok@x>$/m);
    expect(head.match(/^subject:/gim)).toHaveLength(1);
  });

  it('says that a machine wrote it, where one did', async () => {
    expect(await compose({ automatic: true })).toMatch(/^Auto-Submitted: auto-replied\r$/m);
    expect(await compose({})).not.toMatch(/Auto-Submitted/);
  });
});

describe('the name of a mail', () => {
  it('proves itself, for its own channel alone', () => {
    const digests = (...parts: string[]) => [createHash('sha256').update(parts.join('|')).digest()];
    const names = new MessageNames({ digests } as unknown as Secrets);
    const id = '0199a3c4-0000-7000-8000-000000000001';
    const name = names.nameOf('channel', id, 'shop.example');
    expect(names.ownIn('channel', name)).toBe(id);
    expect(names.ownIn('other', name)).toBeNull();
    expect(names.ownIn('channel', name.replace(/\.[0-9a-f]{4}/, '.0000'))).toBeNull();
    expect(names.ownIn('channel', `<${id}@shop.example>`)).toBeNull();
    expect(names.ownIn('channel', `${name} x`)).toBeNull();
  });
});
