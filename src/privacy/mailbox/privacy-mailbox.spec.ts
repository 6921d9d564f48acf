import { type CaughtMail } from '../../../apps/sandbox/mail/catcher.js';
import { eventually } from '../../../test/support/client.js';
import { type KeptMail, ImapServer } from '../../../test/support/imap-server.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { mailFrom } from '../../../test/support/mail-host.js';
import { signed, signersNames } from '../../../test/support/mail-signer.js';
import { SenderCheck } from '../../channels/index.js';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase, Workspaces } from '../../platform/database/index.js';
import { PrivacyRequests } from '../intake/privacy-requests.js';
import type { RequestRow } from '../intake/request.row.js';
import { mailsIn } from '../../../test/support/written-mails.js';

const privacy = 'privacy@parley.example';
let imap: ImapServer;
let under: InboxUnderTest;
let ada: TestInbox;
let mailChannel: string;

beforeAll(async () => {
  imap = await ImapServer.start();
  under = await InboxUnderTest.start({
    environment: {
      PRIVACY_MAILBOX_URL: `${imap.url()}/INBOX`,
      MAIL_ALLOWED_HOSTS: `127.0.0.1:${String(imap.port)}`,
      PRIVACY_EMAIL: privacy,
    },
  });
  Object.assign(under.app.app.get(SenderCheck), signersNames);
  ada = await under.inbox('Ada');
  mailChannel = await under.channel(ada.workspaceId, { kind: 'EMAIL', external_id: 'shop@shop.example' });
}, 60_000);
afterAll(async () => {
  await under.stop();
  await imap.close();
});

type Words = Parameters<typeof mailFrom>[1];
const write = (from: string, more: Words = {}) =>
  mailFrom(from, { ...more, headers: { To: privacy, ...more.headers } });
const isSeen = ({ flags }: KeptMail) => flags.includes('\\Seen');
/** It came, and whatever becomes of it is stored. */
async function delivered(raw: string | Buffer): Promise<void> {
  const mail = imap.deliver(raw);
  await eventually(() => Promise.resolve(isSeen(mail) ? true : null), 20_000);
}

interface Place {
  readonly id: string;
  readonly workspace_id: string | null;
}
async function places(): Promise<readonly Place[]> {
  const { rows } = await under.admin.query<Place>(
    `select id, workspace_id from privacy_requests where origin = 'EMAIL'
     union all select id, null from instance_privacy_requests where origin = 'EMAIL' order by id`,
  );
  return rows;
}
async function opened({ id, workspace_id: workspaceId }: Place): Promise<RequestRow | null> {
  const requests = under.app.app.get(PrivacyRequests);
  return workspaceId === null
    ? under.app.app.get(SystemDatabase).run((tx) => requests.byId(tx, id))
    : under.app.app.get(Workspaces).read(workspaceId, (tx) => requests.byId(tx, id));
}
/** The newest request that came by mail, once the search for its workspace is over. */
async function newest(): Promise<RequestRow> {
  return eventually(async () => {
    const { rowCount } = await under.admin.query("select from due where kind = 'route-privacy-request'");
    const last = (await places()).at(-1);
    return rowCount === 0 && last !== undefined ? opened(last) : null;
  }, 20_000);
}
const days = ({ receivedAt, dueAt }: RequestRow) => (dueAt.getTime() - receivedAt.getTime()) / 86_400_000;
const notes = ({ details }: RequestRow) =>
  details.history.map(({ note, words }) => `${note ?? ''} ${words ?? ''}`).join(' | ');

async function mailsTo(address: string): Promise<CaughtMail[]> {
  const mails = await mailsIn(under.app.app.get(Config).mailFolder);
  return mails.filter(({ to }) => to.includes(address));
}
const firstMailTo = (address: string) => eventually(async () => (await mailsTo(address))[0] ?? null, 15_000);
const linkIn = ({ text }: CaughtMail) => /https?:\/\/[^/\s]+(\/\S+\/verify\?token=[\w-]+)/.exec(text)?.[1] ?? null;
async function follow(mail: CaughtMail): Promise<void> {
  const answer = await fetch(`${under.app.url}${linkIn(mail) ?? '/none'}`, { method: 'POST' });
  expect(answer.status).toBe(200);
}
async function writer(address: string): Promise<string> {
  const id = await under.contact(ada.workspaceId, { emails: [address] });
  await under.identity(ada.workspaceId, { channel_id: mailChannel, contact_id: id, external_id: address });
  return id;
}
const isThere = async (contactId: string) =>
  ((await under.admin.query('select from contacts where id = $1', [contactId])).rowCount ?? 0) > 0;
const isErased = (contactId: string) => eventually(async () => ((await isThere(contactId)) ? null : true), 20_000);

describe('a mail to the mailbox for privacy requests', () => {
  it('is a request in free words, answered with its code and a link; 30 days for somebody unknown [promise 64]', async () => {
    await delivered(write('Grace <grace@home.example>', { subject: 'Hello', text: 'Please delete my data.' }).raw);
    const row = await newest();
    expect(row).toMatchObject({
      kind: 'ERASE',
      origin: 'EMAIL',
      status: 'VERIFYING',
      language: 'en',
      workspaceId: null,
    });
    expect(row.details).toMatchObject({ replyTo: 'grace@home.example', note: 'Hello\n\nPlease delete my data.' });
    expect(days(row)).toBeCloseTo(30, 1);
    expect(notes(row)).toContain('It came as a mail to the mailbox for privacy requests. No signature');
    const mail = await firstMailTo('grace@home.example');
    expect(mail.text).toContain(`/privacy/requests/${row.code}`);
    expect(linkIn(mail)).not.toBeNull();
    // What helps to find the data is asked for, and not demanded.
    expect(mail.text).toContain('this helps to find your data');

    await delivered(write('can@home.example', { subject: '', text: 'Verilerimin bir kopyasını istiyorum' }).raw);
    expect(await newest()).toMatchObject({ kind: 'ACCESS', language: 'tr', law: 'KVKK' });
    expect((await firstMailTo('can@home.example')).text).toContain('Adresimi onayla');
  });

  it('from an address that wrote to us before is done within 7 days, once the address is proved by the link [promise 49]', async () => {
    const contact = await writer('ann@customer.example');
    await delivered(write('ann@customer.example', { text: 'Delete everything about me' }).raw);
    const row = await newest();
    expect(row).toMatchObject({ workspaceId: ada.workspaceId, status: 'VERIFYING', contactIds: [contact] });
    expect(days(row)).toBeCloseTo(7, 1);
    expect(await isThere(contact)).toBe(true);
    await follow(await firstMailTo('ann@customer.example'));
    await isErased(contact);
    await eventually(
      async () => (await mailsTo('ann@customer.example')).some(({ subject }) => /done/.test(subject)) || null,
      20_000,
    );
  });

  it('that the domain of its address signed needs no link [promise 49]', async () => {
    const contact = await writer('bob@customer.example');
    const { raw } = write('Bob <bob@customer.example>', { text: 'Please erase my data' });
    await delivered(await signed('customer.example', raw));
    await isErased(contact);
    const received = await firstMailTo('bob@customer.example');
    expect(linkIn(received)).toBeNull();
    const row = await newest();
    expect(notes(row)).toContain('signed the mail (DKIM)');
    expect(days(row)).toBeCloseTo(7, 1);
  });

  it('that was signed and is not ours, or was signed by another domain, proves nothing', async () => {
    const contact = await writer('eve@customer.example');
    const toAnother = mailFrom('eve@customer.example', { text: 'Please erase my data' }).raw;
    const own = write('eve@customer.example', { text: 'Please erase my data' }).raw;
    for (const raw of [await signed('customer.example', toAnother), await signed('evil.example', own)]) {
      await delivered(raw);
      const row = await newest();
      expect(row).toMatchObject({ status: 'VERIFYING', verifiedAt: null });
      expect(row.details.addressProved).toBeUndefined();
    }
    expect(await isThere(contact)).toBe(true);
  });

  it('from the address of an account whose owner cannot sign in is verified and has its clock [promise 50]', async () => {
    const { viewer } = await ada.client.ask<{ viewer: { email: string } }>('{ viewer { email } }');
    await delivered(write(viewer.email, { text: 'I am locked out. Please delete my account.' }).raw);
    const asked = await newest();
    expect(asked).toMatchObject({ status: 'VERIFYING', kind: 'ERASE', userId: null });
    expect(days(asked)).toBeCloseTo(7, 1);
    const mail = await eventually(
      async () => (await mailsTo(viewer.email)).find((one) => one.text.includes(asked.code)) ?? null,
      15_000,
    );
    await follow(mail);
    const row = await newest();
    expect(row).toMatchObject({ status: 'IN_PROGRESS', workspaceId: null });
    expect(row.userId).not.toBeNull();
    expect(row.verifiedAt).not.toBeNull();
  });

  it('that does not say plainly what it asks for is left to people, even when its address is proved [promise 64]', async () => {
    const contact = await writer('dan@customer.example');
    const { raw } = write('dan@customer.example', { text: 'Send me a copy of my data and then delete it' });
    await delivered(await signed('customer.example', raw));
    const row = await newest();
    expect(row.workspaceId).toBeNull();
    expect(row.details).toMatchObject({ unclear: true, addressProved: true });
    expect(notes(row)).toContain('people decide');
    expect(notes(row)).toContain(ada.workspaceId);
    expect(await isThere(contact)).toBe(true);
    expect((await firstMailTo('dan@customer.example')).text).toContain('could not tell for sure what you ask for');
  });

  it('for somebody else is about nobody until that is shown', async () => {
    const contact = await writer('son@customer.example');
    await delivered(
      await signed(
        'customer.example',
        write('son@customer.example', { text: 'On behalf of my mother: delete her data' }).raw,
      ),
    );
    const row = await newest();
    expect(row).toMatchObject({ onBehalfOf: true, contactIds: [], verifiedAt: null, workspaceId: null });
    expect(await isThere(contact)).toBe(true);
  });

  it('that came already, or that a machine or we wrote, opens nothing', async () => {
    const { raw, id } = write('fay@home.example', { text: 'Please delete my data' });
    await delivered(raw);
    const before = (await places()).length;
    await delivered(raw);
    await delivered(write('fay@home.example', { text: 'Please delete my data', id }).raw);
    for (const headers of [
      { 'Auto-Submitted': 'auto-replied' },
      { Precedence: 'bulk' },
      { 'X-Autoreply': 'yes' },
      { 'X-Spam-Flag': 'YES' },
    ])
      await delivered(write('fay@home.example', { text: 'I am away', headers }).raw);
    await delivered(write('mailer-daemon@home.example', { text: 'delete' }).raw);
    await delivered(write(privacy, { text: 'delete' }).raw);
    expect(await places()).toHaveLength(before);
    // The name of a mail is of whoever wrote it: nobody can use it up for another.
    await delivered(write('gil@home.example', { text: 'Please delete my data', id }).raw);
    expect(await places()).toHaveLength(before + 1);
  });

  it('is inert: markup is words, what came along is dropped, and one that names no sender waits for a person', async () => {
    const nobody = imap.deliver('Subject: delete me\nTo: privacy@parley.example\n\nDelete me\n');
    const html = [
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      `<p>Please <b>delete</b> my data</p><script>alert(1)</script><img src="https://evil.example/x.png">`,
      '--b',
      'Content-Type: application/pdf; name="passport.pdf"',
      'Content-Disposition: attachment; filename="passport.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('%PDF-1.7 '.repeat(2_000)).toString('base64'),
      '--b--',
    ].join('\n');
    const headers = { 'Content-Type': 'multipart/mixed; boundary=b' };
    await delivered(write('"\u202Eevil" <hal@home.example>', { subject: 'A\u0000\u2028B', text: html, headers }).raw);
    const row = await newest();
    expect(row.kind).toBe('ERASE');
    expect(row.details.note).toMatch(/Please delete my data/);
    expect(JSON.stringify(row.details)).not.toMatch(/script|alert|evil|PDF|passport|JVBER/);
    expect(isSeen(nobody)).toBe(false);

    await delivered(write('ivy@home.example', { text: `Please delete my data ${'x'.repeat(300_000)}` }).raw);
    const long = await newest();
    expect(long.details).toMatchObject({ replyTo: 'ivy@home.example' });
    expect(long.details.note?.length).toBeLessThanOrEqual(8_000);
  });

  it('writes to one address a few times a day and no more, and loses no request', async () => {
    const before = (await places()).length;
    for (let n = 0; n < 5; n += 1) await delivered(write('jan@home.example', { text: 'Please delete my data' }).raw);
    expect(await places()).toHaveLength(before + 5);
    expect(notes(await newest())).toContain('No mail was sent');
    await eventually(async () => ((await mailsTo('jan@home.example')).length >= 3 ? true : null), 15_000);
    expect(await mailsTo('jan@home.example')).toHaveLength(3);
  });

  it('is marked as read, and never moved or removed', () => {
    expect(imap.folder().mails.filter((mail) => !isSeen(mail))).toHaveLength(1);
    expect(imap.commands.filter((command) => /^UID STORE/.test(command)).length).toBeGreaterThan(20);
    for (const command of imap.commands)
      expect(command).not.toMatch(/EXPUNGE|DELETE|MOVE|COPY|APPEND|CLOSE|\\Deleted/i);
    // One connection, however many mails came.
    expect(imap.connections).toBe(1);
  });

  it('is read after a connection that broke as well, once', async () => {
    const before = (await places()).length;
    imap.cut();
    const mail = imap.deliver(write('kim@home.example', { text: 'Please delete my data' }).raw);
    await eventually(async () => {
      await under.admin.query(
        "update due set due_at = now() where kind = 'read-privacy-mailbox' and leased_until is null",
      );
      return isSeen(mail) ? true : null;
    }, 30_000);
    expect(await places()).toHaveLength(before + 1);
  });
});
