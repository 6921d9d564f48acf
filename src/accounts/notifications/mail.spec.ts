import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import PostalMime from 'postal-mime';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { eventually } from '../../../test/support/client.js';
import { Config } from '../../platform/config/index.js';
import { Workspaces } from '../../platform/database/index.js';
import type { Job } from '../../platform/queue/index.js';
import { Role } from '../enums.js';
import { MailNotificationsWorker } from './mail-notifications.worker.js';
import { NoteWatchers } from './note-watchers.js';
import { NotificationKind, mailJob } from './notification-kind.js';
import { Notifications, type Notice } from './notifications.js';

let under: InboxUnderTest;

beforeAll(async () => {
  under = await InboxUnderTest.start();
}, 60_000);
afterAll(() => under.stop());

async function inbox(name = 'Ada'): Promise<TestInbox> {
  const one = await under.inbox(name);
  await under.admin.query('update users set email_verified_at = now() where id = $1', [one.member.userId]);
  return one;
}
async function tell({ workspaceId }: TestInbox, notice: Notice): Promise<void> {
  await under.app.app.get(Workspaces).run(workspaceId, (tx) => under.app.app.get(Notifications).tell(tx, notice));
}
/** Runs what is scheduled for a member, before its time. */
async function run({ workspaceId, member }: TestInbox): Promise<unknown> {
  const job: Job = {
    kind: mailJob,
    workspaceId,
    rowId: member.memberId,
    attempt: 1,
    signal: new AbortController().signal,
  };
  return under.app.app.get(MailNotificationsWorker).run(job);
}
/** The mails that a person has, read from where they are written without SMTP. */
async function mailsTo({ member }: TestInbox) {
  const { rows } = await under.admin.query<{ email: string }>('select email from users where id = $1', [member.userId]);
  const folder = path.join(under.app.app.get(Config).dataDir, 'mail');
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.eml'));
  const mails = await Promise.all(files.map(async (file) => PostalMime.parse(await readFile(path.join(folder, file)))));
  return mails.filter(
    (mail) =>
      mail.subject !== undefined &&
      mail.to?.some(({ address }) => address === rows[0]?.email) &&
      /·/.test(mail.subject),
  );
}
const queued = async ({ workspaceId }: TestInbox) =>
  (
    await under.admin.query("select from mails where workspace_id = $1 and template = 'notification-digest'", [
      workspaceId,
    ])
  ).rowCount;
const mentioned = ({ member }: TestInbox): Notice => ({
  kind: NotificationKind.MENTIONED,
  memberIds: [member.memberId],
});

describe('notifications by mail', () => {
  it.each([
    [NotificationKind.CHANNEL_TROUBLE, 'settings/channels'],
    [NotificationKind.WEBHOOK_STOPPED, 'settings/webhooks'],
  ])('lead to the page on which %s is seen and mended', async (kind, page) => {
    const one = await inbox();
    await tell(one, { kind, roles: [Role.OWNER] });
    await run(one);
    const [mail] = await eventually(async () => {
      const mails = await mailsTo(one);
      return mails.length > 0 ? mails : null;
    });
    expect(mail?.text).toContain(`/w/${one.workspaceId}/${page}`);
  });

  it('are one mail for all that came meanwhile, without a word of what was written, and one click ends them', async () => {
    const one = await inbox();
    await tell(one, { kind: NotificationKind.ASSIGNED, memberIds: [one.member.memberId] });
    await tell(one, mentioned(one));
    await tell(one, mentioned(one));
    await tell(one, { kind: NotificationKind.NEW_CONVERSATION });
    await run(one);
    const [mail] = await eventually(async () => {
      const mails = await mailsTo(one);
      return mails.length > 0 ? mails : null;
    });
    expect(mail?.subject).toBe("A conversation was assigned to you, and more · Ada's shop");
    expect(mail?.text).toContain('You were mentioned in 2 notes');
    // Not chosen by mail unless one says so.
    expect(mail?.text).not.toContain('new conversation');
    const header = (name: string) => mail?.headers.find(({ key }) => key === name)?.value ?? '';
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const link = new URL(header('list-unsubscribe').slice(1, -1));
    const address = `${under.app.url}${link.pathname}${link.search}`;

    const page = await fetch(address, { headers: { 'accept-language': 'tr-TR,tr' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await page.text()).toContain('<form method="post">');
    await tell(one, mentioned(one));
    await run(one);
    await eventually(async () => ((await mailsTo(one)).length === 2 ? true : null));

    const wrong = address.replace(/signature=../, 'signature=xx');
    expect((await fetch(wrong, { method: 'POST' })).status).toBe(400);
    const ended = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(ended.status).toBe(200);
    await tell(one, mentioned(one));
    await run(one);
    expect(await queued(one)).toBe(0);
    expect(await one.client.ask('{ notificationPreferences { mail } }')).toEqual({
      notificationPreferences: { mail: [] },
    });
  }, 30_000);

  it('go to nobody who is looking at the inbox', async () => {
    const one = await inbox();
    one.client.watch('subscription { inboxEvents { __typename } }');
    await eventually(async () => {
      await under.app.app.get(NoteWatchers).note();
      const { rowCount } = await under.admin.query('select from watchers where member_id = $1', [one.member.memberId]);
      return rowCount === 1 ? true : null;
    });
    await tell(one, mentioned(one));
    await under.app.app.get(NoteWatchers).note();
    await run(one);
    expect(await queued(one)).toBe(0);
    await one.client.close();
    await under.admin.query("update watchers set seen_at = now() - interval '1 minute' where member_id = $1", [
      one.member.memberId,
    ]);
    await tell(one, mentioned(one));
    await run(one);
    expect(await eventually(async () => ((await mailsTo(one)).length === 1 ? 1 : null))).toBe(1);
  }, 30_000);

  it('go to no address that was never confirmed', async () => {
    const one = await under.inbox();
    await tell(one, mentioned(one));
    const { rowCount } = await under.admin.query('select from notifications where workspace_id = $1', [
      one.workspaceId,
    ]);
    expect(rowCount).toBe(0);
  });

  it('are not put off by news that goes on coming', async () => {
    const one = await inbox();
    const due = async () =>
      (
        await under.admin.query<{ due_at: Date }>('select due_at from due where kind = $1 and row_id = $2', [
          mailJob,
          one.member.memberId,
        ])
      ).rows[0]?.due_at.getTime();
    await tell(one, mentioned(one));
    const first = await due();
    await tell(one, mentioned(one));
    expect(first).toBeGreaterThan(Date.now());
    expect(await due()).toBe(first);
  });
});
