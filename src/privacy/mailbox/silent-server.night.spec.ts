import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { eventually } from '../../../test/support/client.js';
import { ImapServer } from '../../../test/support/imap-server.js';
import { mailFrom } from '../../../test/support/mail-host.js';
import { PrivacyDoors } from '../../../test/support/privacy-doors.js';

const privacy = 'privacy@parley.example';
const metricsToken = 'a token for who watches';
let imap: ImapServer;
/** Takes no mail of ours: it says nothing either. */
let post: ImapServer;
let doors: PrivacyDoors;
/** What the operator reads in the log. */
const told: Record<'error' | 'warn', string[]> = { error: [], warn: [] };

beforeAll(async () => {
  for (const level of ['error', 'warn'] as const)
    jest
      .spyOn(Logger.prototype, level)
      .mockImplementation((...said: unknown[]) => void told[level].push(String(said.at(-1))));
  [imap, post] = await Promise.all([ImapServer.start(), ImapServer.start()]);
  imap.trouble = post.trouble = 'silent';
  doors = await PrivacyDoors.open({
    PRIVACY_MAILBOX_URL: `${imap.url()}/INBOX`,
    MAIL_ALLOWED_HOSTS: `127.0.0.1:${String(imap.port)}`,
    PRIVACY_EMAIL: privacy,
    SMTP_URL: `smtp://127.0.0.1:${String(post.port)}`,
    METRICS_TOKEN: metricsToken,
  });
}, 60_000);
afterAll(async () => {
  await doors.close();
  await Promise.all([imap.close(), post.close()]);
  jest.restoreAllMocks();
});

const job = async () =>
  (
    await doors.under.admin.query<{ waits: boolean }>(
      "select leased_until is null and due_at > now() as waits from due where kind = 'read-privacy-mailbox'",
    )
  ).rows[0];

it('a mailbox whose server says nothing is let go of and tried again, the operator is told, and no other door waits for it', async () => {
  await eventually(() => Promise.resolve(imap.connections > 0 ? true : null), 20_000);
  // Meanwhile the form is answered, and whose its request is is found.
  await doors.writer('ann@customer.example');
  const code = await doors.asked({ text: 'Please delete my data', email: 'ann@customer.example' });
  await doors.placed(code, doors.ada.workspaceId);
  await eventually(async () => ((await job())?.waits === true ? true : null), 60_000);
  expect(told.error).toContainEqual(
    expect.stringMatching(/^PRIVACY_MAILBOX_URL cannot be read, and is tried again: .*\w{4}/),
  );
  imap.trouble = null;
  const mail = imap.deliver(
    mailFrom('bob@home.example', { text: 'Please delete my data', headers: { To: privacy } }).raw,
  );
  await eventually(() => Promise.resolve(mail.flags.includes('\\Seen') ? true : null), 60_000);
}, 180_000);

it('a mail that the mail server says nothing to waits to be tried again, and the operator is told: in the log and in what is measured', async () => {
  await doors.asked({ text: 'Please delete my data', email: 'cem@customer.example' });
  await eventually(() => Promise.resolve(post.connections > 0 ? true : null), 20_000);
  await eventually(
    () => Promise.resolve(told.warn.some((line) => /^A mail could not be sent: .*\w{4}/.test(line)) ? true : null),
    60_000,
  );
  expect(told.warn.join()).not.toContain('cem@customer.example');
  const { rows } = await doors.under.admin.query<{ tries: number; reason: string }>(
    'select tries, reason from mails where tries > 0 and set_aside_at is null',
  );
  expect(rows[0]).toMatchObject({ reason: expect.stringMatching(/\w{4}/) });
  const metrics = await fetch(`${doors.under.app.url}/metrics`, {
    headers: { authorization: `Bearer ${metricsToken}` },
  });
  expect(Number(/^parley_mails\{state="waiting"\} (\d+)$/m.exec(await metrics.text())?.[1])).toBeGreaterThan(0);
}, 120_000);
