import { createHash } from 'node:crypto';
import { mailFrom } from '../../../test/support/mail-host.js';
import type { Secrets } from '../../platform/secrets/index.js';
import type { MailParcel } from './mail-parcel.js';
import { mailEvents } from './mail-events.js';
import { MessageNames } from './message-names.js';
import { readMail } from './read-mail.js';

const channel = '0199a3c4-0000-7000-8000-00000000000c';
const ourId = '0199a3c4-0000-7000-8000-000000000001';
const names = new MessageNames({
  digests: (...parts: string[]) => [createHash('sha256').update(parts.join('|')).digest()],
} as unknown as Secrets);
const ourName = names.nameOf(channel, ourId, 'shop.example');
const forged = ourName.replace(/\.[0-9a-f]{32}@/, `.${'0'.repeat(32)}@`);

/** What the house is told of one mail. */
async function told(
  { raw }: { readonly raw: string },
  { folder = 'inbox', authenticated = false }: Partial<Pick<MailParcel, 'folder' | 'authenticated'>> = {},
) {
  const place = { path: 'INBOX', validity: '7', uid: 1 };
  const mail = await readMail(Buffer.from(raw));
  const body = { address: 'support@shop.example', folder, place, authenticated, tooLarge: null, mail };
  return mailEvents({ channel, body }, 1, names);
}

describe('who wrote a mail', () => {
  it('is who it says it is from, not whom it wants answered', async () => {
    const mail = mailFrom('Mallory <mallory@evil.example>', { headers: { 'Reply-To': 'ada@shop2.example' } });
    expect(await told(mail, { authenticated: true })).toMatchObject([
      {
        from: 'contact',
        customer: { addresses: [{ externalId: 'mallory@evil.example' }], name: 'Mallory' },
        content: { mail: { sender: 'mallory@evil.example', authenticated: true } },
      },
    ]);
  });

  it('is whom a form of the business’s own site names, and that is proved by nobody', async () => {
    const mail = mailFrom('form@shop.example', { headers: { 'Reply-To': 'Ada <ada@mail.example>' } });
    expect(await told(mail, { authenticated: true })).toMatchObject([
      {
        customer: { addresses: [{ externalId: 'ada@mail.example' }], name: 'Ada' },
        content: { mail: { from: 'form@shop.example', sender: 'ada@mail.example', authenticated: false } },
      },
    ]);
  });

  it.each([
    ['a domain that ends like it', 'form@notshop.example'],
    ['a domain below it', 'form@x.shop.example'],
    ['the name alone', '"form@shop.example" <mallory@evil.example>'],
  ])('is not whom anybody else names: %s', async (_, from) => {
    const [event] = await told(mailFrom(from, { headers: { 'Reply-To': 'ada@mail.example' } }));
    expect(event).toMatchObject({ type: 'message', from: 'contact' });
    expect(JSON.stringify(event)).not.toContain('ada@mail.example');
  });

  it('is proved only where the mailbox’s reader found so', async () => {
    expect(await told(mailFrom('ada@mail.example'))).toMatchObject([{ content: { mail: { authenticated: false } } }]);
  });
});

describe('a mail that has the name of one of ours', () => {
  it('is the copy of it', async () => {
    const mail = mailFrom('support@shop.example', { id: ourName, headers: { To: 'ada@mail.example' } });
    for (const folder of ['sent', 'inbox'] as const)
      expect(await told(mail, { folder })).toMatchObject([{ from: 'business', ours: true, ourMessageId: ourId }]);
  });

  it('is somebody’s own mail where the name proves nothing', async () => {
    const mail = mailFrom('ada@mail.example', { id: forged });
    expect(await told(mail)).toMatchObject([{ from: 'contact', ours: false, ourMessageId: null, externalId: forged }]);
    const sent = mailFrom('support@shop.example', { id: forged, headers: { To: 'ada@mail.example' } });
    expect(await told(sent, { folder: 'sent' })).toMatchObject([
      {
        from: 'business',
        ours: false,
        ourMessageId: null,
        customer: { addresses: [{ externalId: 'ada@mail.example' }] },
      },
    ]);
  });

  it('fails by a report that names it, and by no report that made its name up', async () => {
    const report = (name: string) =>
      mailFrom('MAILER-DAEMON@mail.example', {
        headers: { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=r' },
        text: `--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example\n\nAction: failed\nStatus: 5.1.1\n--r\nContent-Type: text/rfc822-headers\n\nMessage-ID: ${name}\n--r--`,
      });
    expect(await told(report(ourName))).toMatchObject([{ type: 'receipt', status: 'FAILED', ourMessageId: ourId }]);
    // Then it is a mail like any other.
    expect(await told(report(forged))).toMatchObject([{ type: 'message', from: 'contact', standby: true }]);
  });

  it('is of no interest where the business wrote to itself', async () => {
    expect(await told(mailFrom('support@shop.example'), { folder: 'sent' })).toMatchObject([{ type: 'ignored' }]);
  });
});
