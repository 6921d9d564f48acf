import { eventually } from '../../../test/support/client.js';
import { ImapServer } from '../../../test/support/imap-server.js';
import { mailFrom } from '../../../test/support/mail-host.js';
import { PrivacyDoors } from '../../../test/support/privacy-doors.js';

const privacy = 'privacy@parley.example';
let imap: ImapServer;
let doors: PrivacyDoors;

beforeAll(async () => {
  imap = await ImapServer.start();
  imap.trouble = 'silent';
  doors = await PrivacyDoors.open({
    PRIVACY_MAILBOX_URL: `${imap.url()}/INBOX`,
    MAIL_ALLOWED_HOSTS: `127.0.0.1:${String(imap.port)}`,
    PRIVACY_EMAIL: privacy,
  });
}, 60_000);
afterAll(async () => {
  await doors.close();
  await imap.close();
});

const job = async () =>
  (
    await doors.under.admin.query<{ waits: boolean }>(
      "select leased_until is null and due_at > now() as waits from due where kind = 'read-privacy-mailbox'",
    )
  ).rows[0];

it('a mailbox whose server says nothing is let go of and tried again, and no other door waits for it', async () => {
  await eventually(() => Promise.resolve(imap.connections > 0 ? true : null), 20_000);
  // Meanwhile the form is answered, and whose its request is is found.
  await doors.writer('ann@customer.example');
  const code = await doors.asked({ text: 'Please delete my data', email: 'ann@customer.example' });
  await doors.placed(code, doors.ada.workspaceId);
  await eventually(async () => ((await job())?.waits === true ? true : null), 60_000);
  imap.trouble = null;
  const mail = imap.deliver(
    mailFrom('bob@home.example', { text: 'Please delete my data', headers: { To: privacy } }).raw,
  );
  await eventually(() => Promise.resolve(mail.flags.includes('\\Seen') ? true : null), 60_000);
}, 180_000);
