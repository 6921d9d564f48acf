import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { type PushBrowser, PushService } from '../../../test/support/push-service.js';
import { Workspaces } from '../../platform/database/index.js';
import type { Job } from '../../platform/queue/index.js';
import { NotificationKind, pushJob } from './notification-kind.js';
import { Notifications, type Notice } from './notifications.js';
import { PushNotificationsWorker } from './push-notifications.worker.js';

let under: InboxUnderTest;
let service: PushService;

beforeAll(async () => {
  service = await PushService.start();
  // As a worker of its own would: this process schedules, and the spec runs what is scheduled.
  under = await InboxUnderTest.start({ environment: { PUSH_SERVICES: service.url, ROLE: 'api' } });
}, 60_000);
afterAll(async () => {
  await under.stop();
  await service.stop();
});
beforeEach(() => (service.status = 201));

const register = `mutation ($endpoint: String!, $p256dh: String!, $auth: String!) {
  registerPush(endpoint: $endpoint, p256dh: $p256dh, auth: $auth) }`;
const setPreferences = `mutation ($input: NotificationPreferencesInput!) {
  setNotificationPreferences(input: $input) { mail push quietFrom quietUntil } }`;

async function browserOf({ client }: TestInbox): Promise<PushBrowser> {
  const browser = service.browser();
  await client.ask(register, browser.subscription);
  return browser;
}
async function tell({ workspaceId }: TestInbox, notice: Notice): Promise<void> {
  await under.app.app.get(Workspaces).run(workspaceId, (tx) => under.app.app.get(Notifications).tell(tx, notice));
}
/** Runs what is scheduled for a member, as the queue would. */
async function run({ workspaceId, member }: TestInbox): Promise<unknown> {
  const job: Job = {
    kind: pushJob,
    workspaceId,
    rowId: member.memberId,
    attempt: 1,
    signal: new AbortController().signal,
  };
  return under.app.app.get(PushNotificationsWorker).run(job);
}
async function scheduled({ workspaceId, member }: TestInbox): Promise<number> {
  const { rowCount } = await under.admin.query(
    'select from due where kind = $1 and workspace_id = $2 and row_id = $3',
    [pushJob, workspaceId, member.memberId],
  );
  return rowCount ?? 0;
}

describe('a push', () => {
  it('reaches the browser of whom it concerns and says nothing personal', async () => {
    const one = await under.inbox('Ada');
    const browser = await browserOf(one);
    const conversationId = await under.conversation(one);
    await tell(one, { kind: NotificationKind.NEW_CONVERSATION, conversationId });
    expect(await scheduled(one)).toBe(1);
    await run(one);
    expect(browser.read()).toEqual([
      {
        title: 'A new conversation',
        body: "Ada's shop",
        path: `/w/${one.workspaceId}/inbox/open/${conversationId}`,
        tag: `NEW_CONVERSATION-${one.workspaceId}`,
      },
    ]);
    const [pushed] = service.pushed.filter(({ path }) => path === browser.path);
    expect(pushed?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' });
    expect(pushed?.headers['authorization']).toMatch(/^vapid t=/);
    // Told once.
    await run(one);
    expect(browser.read()).toHaveLength(1);
  });

  it('is one for several of a kind, in the language of the workspace', async () => {
    const one = await under.inbox();
    const browser = await browserOf(one);
    await under.admin.query("update workspaces set locale = 'tr' where id = $1", [one.workspaceId]);
    const [first, second] = [await under.conversation(one), await under.conversation(one)];
    await tell(one, { kind: NotificationKind.ASSIGNED, memberIds: [one.member.memberId], conversationId: first });
    await tell(one, { kind: NotificationKind.ASSIGNED, memberIds: [one.member.memberId], conversationId: second });
    await run(one);
    expect(browser.read()).toMatchObject([
      { title: 'Size 2 konuşma atandı', path: `/w/${one.workspaceId}/inbox/mine` },
    ]);
  });

  it('goes to nobody else, and to nobody who did not choose it', async () => {
    const one = await under.inbox();
    const colleague = await under.colleague(one, 'Grace');
    const browsers = [await browserOf(one), await browserOf(colleague)];
    await colleague.client.ask(setPreferences, { input: { push: ['MENTIONED'] } });
    await tell(one, { kind: NotificationKind.NEW_CONVERSATION });
    await tell(one, { kind: NotificationKind.ASSIGNED, memberIds: [colleague.member.memberId] });
    await tell(one, { kind: NotificationKind.MENTIONED, memberIds: [colleague.member.memberId] });
    await run(one);
    await run(colleague);
    expect(browsers.map((browser) => browser.read().map(({ title }) => title))).toEqual([
      ['A new conversation'],
      ['You were mentioned in a note'],
    ]);
  });

  it('waits for the end of quiet hours, by the clock of the workspace', async () => {
    const one = await under.inbox();
    const browser = await browserOf(one);
    await under.admin.query("update workspaces set timezone = 'Asia/Kolkata' where id = $1", [one.workspaceId]);
    const { rows } = await under.admin.query<{ from: string; until: string; ends: Date }>(
      `select to_char(here - interval '1 hour', 'HH24:MI') as from, to_char(here + interval '2 hours', 'HH24:MI') as until,
              date_trunc('minute', now()) + interval '2 hours' as ends
         from (select now() at time zone 'Asia/Kolkata' as here) clock`,
    );
    const [{ from, until, ends } = { from: '', until: '', ends: new Date(0) }] = rows;
    await one.client.ask(setPreferences, { input: { quietFrom: from, quietUntil: until } });
    await tell(one, { kind: NotificationKind.NEW_CONVERSATION });
    expect(await run(one)).toEqual({ againAt: ends });
    expect(browser.read()).toEqual([]);
    await one.client.ask(setPreferences, { input: { quietFrom: until, quietUntil: from } });
    expect(await run(one)).toBeUndefined();
    expect(browser.read()).toHaveLength(1);
  });

  it('to a browser that is gone is the last', async () => {
    const one = await under.inbox();
    await browserOf(one);
    service.status = 404;
    await tell(one, { kind: NotificationKind.NEW_CONVERSATION });
    await run(one);
    const browser = await browserOf(one);
    service.status = 410;
    await tell(one, { kind: NotificationKind.NEW_CONVERSATION });
    await run(one);
    service.status = 201;
    await tell(one, { kind: NotificationKind.NEW_CONVERSATION });
    expect(await scheduled(one)).toBe(1);
    await run(one);
    expect(browser.read()).toHaveLength(1);
    const { rowCount } = await under.admin.query(
      'select from push_subscriptions p join members m on m.user_id = p.user_id where m.workspace_id = $1',
      [one.workspaceId],
    );
    expect(rowCount).toBe(0);
  });

  it('ends with the session of its browser', async () => {
    const one = await under.inbox();
    const browser = await browserOf(one);
    await tell(one, { kind: NotificationKind.NEW_CONVERSATION });
    await one.client.ask('mutation { signOut }');
    await run(one);
    expect(browser.read()).toEqual([]);
  });

  it('is sent nowhere but to a push service that the operator named', async () => {
    const { client } = await under.inbox();
    const { p256dh, auth } = service.browser().subscription;
    for (const endpoint of [
      'https://push.example/1',
      'http://127.0.0.1:1/1',
      'https://127.0.0.1/1',
      'https://[::1]/1',
      `${service.url.replace('127.0.0.1', '127.0.0.1.nip.io')}/1`,
      `${service.url.replace('http://', 'http://user:pass@')}/1`,
      'file:///etc/passwd',
      'nothing',
      '',
    ]) {
      const { errors } = await client.post(register, { endpoint, p256dh, auth });
      expect([endpoint, errors?.[0]?.extensions]).toMatchObject([
        endpoint,
        { code: 'BAD_USER_INPUT', field: 'endpoint' },
      ]);
    }
    const { endpoint } = service.browser().subscription;
    for (const [field, given] of [
      ['p256dh', { endpoint, p256dh: p256dh.slice(2), auth }],
      ['p256dh', { endpoint, p256dh: Buffer.alloc(65, 4).toString('base64url'), auth }],
      ['auth', { endpoint, p256dh, auth: 'short' }],
    ] as const) {
      expect((await client.post(register, given)).errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        field,
      });
    }
    client.cookie = null;
    expect(await client.refusal(register, { endpoint, p256dh, auth })).toBe('UNAUTHENTICATED');
  });

  it('keeps the address of a browser unreadable in the database', async () => {
    const one = await under.inbox();
    const browser = await browserOf(one);
    const { rows } = await under.admin.query<{ row: string }>(
      "select encode(address, 'escape') || encode(endpoint_digest, 'escape') as row from push_subscriptions",
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ row }) => row.includes(browser.path) || row.includes('127.0.0.1'))).toEqual([]);
  });
});

describe('preferences', () => {
  let one: TestInbox;
  beforeAll(async () => {
    one = await under.inbox();
  });
  const read = '{ notificationPreferences { mail push quietFrom quietUntil } }';

  it('begin with what waits in person by mail and everything by push, and keep what is left out', async () => {
    const { client } = one;
    const first = await client.ask<{ notificationPreferences: { mail: string[]; push: string[] } }>(read);
    expect(first.notificationPreferences.mail).toEqual(
      expect.arrayContaining(['ASSIGNED', 'MENTIONED', 'CHANNEL_TROUBLE']),
    );
    expect(first.notificationPreferences.mail).not.toContain('NEW_CONVERSATION');
    expect(first.notificationPreferences.push).toContain('NEW_CONVERSATION');
    await client.ask(setPreferences, {
      input: { mail: ['NEW_LEAD', 'NEW_LEAD'], quietFrom: '22:00', quietUntil: '07:30' },
    });
    await client.ask(setPreferences, { input: { push: [] } });
    expect(await client.ask(read)).toEqual({
      notificationPreferences: { mail: ['NEW_LEAD'], push: [], quietFrom: '22:00', quietUntil: '07:30' },
    });
    await client.ask(setPreferences, { input: { quietFrom: null, quietUntil: null } });
    expect(await client.ask(read)).toMatchObject({ notificationPreferences: { quietFrom: null, quietUntil: null } });
  });

  it.each([
    [{ quietFrom: '25:00', quietUntil: '07:00' }, 'quietFrom'],
    [{ quietFrom: '22:00' }, 'quietUntil'],
    [{ quietUntil: '22:00' }, 'quietFrom'],
    [{ quietFrom: '22:00', quietUntil: '22:00' }, 'quietUntil'],
    [{ quietFrom: "22:00'; --", quietUntil: '07:00' }, 'quietFrom'],
  ])('refuse %j', async (input, field) => {
    const { client } = one;
    const { errors } = await client.post(setPreferences, { input });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('are each member’s own, in each workspace', async () => {
    const colleague = await under.colleague(one, 'Grace');
    await one.client.ask(setPreferences, { input: { mail: [] } });
    const { notificationPreferences } = await colleague.client.ask<{ notificationPreferences: { mail: string[] } }>(
      read,
    );
    expect(notificationPreferences.mail).not.toEqual([]);
  });
});
