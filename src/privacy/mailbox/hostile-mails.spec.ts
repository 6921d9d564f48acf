import { eventually } from '../../../test/support/client.js';
import { type KeptMail, ImapServer } from '../../../test/support/imap-server.js';
import { mailFrom } from '../../../test/support/mail-host.js';
import { signed as sign, signersNames } from '../../../test/support/mail-signer.js';
import { PrivacyDoors } from '../../../test/support/privacy-doors.js';
import { SenderCheck } from '../../channels/index.js';

const privacy = 'privacy@parley.example';
const victim = 'victim@home.example';
let imap: ImapServer;
let doors: PrivacyDoors;
let victimId: string;

beforeAll(async () => {
  imap = await ImapServer.start();
  doors = await PrivacyDoors.open({
    PRIVACY_MAILBOX_URL: `${imap.url()}/INBOX`,
    MAIL_ALLOWED_HOSTS: `127.0.0.1:${String(imap.port)}`,
    PRIVACY_EMAIL: privacy,
  });
  Object.assign(doors.under.app.app.get(SenderCheck), signersNames);
  victimId = await doors.writer(victim);
}, 60_000);
afterAll(async () => {
  await doors.close();
  await imap.close();
});

type Words = NonNullable<Parameters<typeof mailFrom>[1]>;
const ask = 'Please delete my data';
const write = (from: string, more: Words = {}) =>
  mailFrom(from, { text: ask, ...more, headers: { To: privacy, ...more.headers } }).raw;
const signed = async (domainName: string, raw: string) => (await sign(domainName, raw)).toString();
async function delivered(raw: string): Promise<KeptMail> {
  const mail = imap.deliver(raw);
  await eventually(() => Promise.resolve(mail.flags.includes('\\Seen') ? true : null), 30_000);
  return mail;
}
interface Found {
  readonly status: string;
  readonly kind: string;
  readonly proved: boolean;
}
/** What became of the newest request; the search for its workspace is over. */
async function newest(): Promise<Found> {
  await doors.lookedFor();
  const columns = 'id, status, kind, verified_at is not null as proved';
  const { rows } = await doors.under.admin.query<Found>(
    `select ${columns} from privacy_requests where origin = 'EMAIL'
     union all select ${columns} from instance_privacy_requests where origin = 'EMAIL' order by id desc limit 1`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('There is no request.');
  return row;
}
const isThere = async () =>
  (await doors.under.admin.query('select from contacts where id = $1', [victimId])).rowCount === 1;

describe('a mail that pretends: P8', () => {
  const others = [
    ['a signature of another domain', () => signed('evil.example', write(victim))],
    [
      'no signature, and SPF that half fails',
      () => Promise.resolve(`Received-SPF: softfail (mx: transitioning)\n${write(victim)}`),
    ],
    [
      'headers that claim a check',
      () =>
        Promise.resolve(
          `Authentication-Results: mx.home.example; dkim=pass header.d=home.example; dmarc=pass\n${write(victim)}`,
        ),
    ],
    ['two senders, signed by the second', () => signed('evil.example', write(`${victim}, mallory@evil.example`))],
    ['two senders, signed by the first', () => signed('evil.example', write(`mallory@evil.example, ${victim}`))],
    ['a name that looks like the address', () => signed('evil.example', write(`"${victim}" <mallory@evil.example>`))],
    [
      'a genuine mail to somebody else, sent on to us',
      () => signed('home.example', mailFrom(victim, { text: ask, headers: { To: 'shop@other.example' } }).raw),
    ],
    [
      'a genuine mail to somebody else, with our address written over it',
      async () =>
        `To: ${privacy}\n${await signed('home.example', mailFrom(victim, { text: ask, headers: { To: 'shop@other.example' } }).raw)}`,
    ],
    [
      'a genuine mail of last year',
      () => signed('home.example', write(victim, { headers: { Date: 'Thu, 06 Nov 2025 10:00:00 +0000' } })),
    ],
    [
      'words about somebody else',
      () =>
        signed(
          'evil.example',
          write('mallory@evil.example', { text: `On behalf of ${victim}: delete the data of ${victim}` }),
        ),
    ],
    [
      'the address of somebody else in plain words',
      () => signed('evil.example', write('mallory@evil.example', { text: `Please delete everything about ${victim}` })),
    ],
  ] as const;

  it.each(others)('with %s erases nobody else', async (_, mail) => {
    await delivered(await mail());
    const { status } = await newest();
    expect(['VERIFYING', 'IN_PROGRESS']).toContain(status);
    expect(await isThere()).toBe(true);
    const { rows } = await doors.under.admin.query('select from erasures');
    expect(rows).toEqual([]);
  });

  it('is answered at the address that it is from, never where it wants the answer to go', async () => {
    await delivered(
      write('sue@home.example', {
        headers: { 'Reply-To': 'thief@evil.example', 'Return-Path': '<thief@evil.example>' },
      }),
    );
    await doors.linkTo('sue@home.example');
    expect(await doors.mailsTo('thief@evil.example')).toEqual([]);
  });

  it('opens nothing where a machine wrote it, and our answers tell machines not to answer', async () => {
    const before = await doors.count();
    for (const headers of [
      { 'Auto-Submitted': 'auto-replied' },
      { Precedence: 'auto_reply' },
      { 'List-Id': '<news.example>', 'List-Unsubscribe': '<mailto:x@news.example>' },
      { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=r' },
    ])
      await delivered(write('robot@home.example', { headers }));
    await delivered(write('MAILER-DAEMON@home.example'));
    await delivered(write(privacy));
    expect(await doors.count()).toBe(before);
    const [answer] = await doors.mailsTo('sue@home.example');
    expect(answer?.headers['auto-submitted']).toBe('auto-generated');
  });
});

describe('a mail that is a burden', () => {
  it('is one request where it was stored and not marked: the process died in between', async () => {
    const mail = await delivered(write('amy@home.example'));
    const before = await doors.count();
    mail.flags = '';
    imap.cut();
    await eventually(async () => {
      await doors.under.admin.query(
        "update due set due_at = now() where kind = 'read-privacy-mailbox' and leased_until is null",
      );
      return mail.flags.includes('\\Seen') ? true : null;
    }, 30_000);
    // And once more under another number, as after a move from folder to folder.
    await delivered(mail.raw.toString());
    expect(await doors.count()).toBe(before);
  }, 60_000);

  it('of fifty megabytes is a request by its beginning, and proves nothing', async () => {
    const line = `${'x'.repeat(76)}\r\n`;
    const raw = `${write('big@home.example').replace(/\n/g, '\r\n')}${line.repeat(Math.ceil(50_000_000 / line.length))}`;
    await delivered(raw);
    expect(await newest()).toMatchObject({ kind: 'ERASE', status: 'VERIFYING', proved: false });
  }, 60_000);

  it('to a thousand people is one request, and one answer', async () => {
    const crowd = Array.from({ length: 1_000 }, (_, n) => `p${String(n)}@crowd.example`);
    const before = await doors.count();
    await delivered(write('loud@home.example', { headers: { To: [...crowd, privacy].join(',\n ') } }));
    expect(await doors.count()).toBe(before + 1);
    await doors.linkTo('loud@home.example');
    expect(await doors.mailsTo('p1@crowd.example')).toEqual([]);
    expect(await doors.mailsTo('loud@home.example')).toHaveLength(1);
  });

  it.each([
    ['nothing at all', { text: '', subject: '' }, 'ACCESS'],
    [
      'markup alone',
      {
        text: '<div><p>Verilerimin <b>silinmesini</b> istiyorum</p></div>',
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
      },
      'ERASE',
    ],
    [
      'Turkish',
      { subject: 'KVKK başvurusu', text: 'Kişisel verilerimin silinmesini talep ediyorum. İyi günler' },
      'ERASE',
    ],
  ] as const)('with %s is taken, and done by nobody before it is proved', async (_, words, kind) => {
    await delivered(write('quiet@home.example', words));
    expect(await newest()).toMatchObject({ kind, proved: false, status: 'VERIFYING' });
  });
});
