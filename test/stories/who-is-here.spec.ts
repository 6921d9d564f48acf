import { jest } from '@jest/globals';
import pg from 'pg';
import { MembersHere } from '../../src/accounts/presence/members-here.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, type Watch, eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { TestVisitor, createWebChat } from '../support/visitor.js';

interface Event {
  readonly memberId: string;
  readonly member: { readonly online: boolean; readonly available: boolean } | null;
}

const watching = 'subscription ($away: Boolean) { presence(away: $away) { memberId member { online available } } }';
const environment = { ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}` };
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('who is here', () => {
  let under: InboxUnderTest;
  let second: TestApp;
  let withoutRedis: TestApp;
  let ada: TestInbox;
  let bob: TestInbox;
  let vic: TestInbox;
  let eve: TestInbox;
  const clients: TestClient[] = [];

  beforeAll(async () => {
    under = await InboxUnderTest.start({ environment });
    const { database } = under.app;
    second = await startTestApp({ environment, database });
    withoutRedis = await startTestApp({ environment, database, redis: false });
    ({ ada, bob, vic } = await under.team());
    eve = await under.inbox('Eve');
  }, 90_000);
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.close();
    // Nobody is gone for a second after their last page: the next one begins with nobody.
    await eventually(async () => {
      const { rowCount } = await under.admin.query('select from presences where until > now()');
      return rowCount === 0 ? true : null;
    });
  });
  afterAll(async () => {
    await (withoutRedis as TestApp | undefined)?.close();
    await (second as TestApp | undefined)?.close();
    await under.stop();
  });

  /** A page of a member, at one of the processes. */
  function page(
    { client }: TestInbox,
    at: TestApp = under.app,
    away = false,
  ): Watch<Event> & { close(): Promise<void> } {
    const own = new TestClient(at.url);
    own.cookie = client.cookie;
    own.workspaceId = client.workspaceId;
    clients.push(own);
    const watch = own.watch<Event>(watching, { away });
    return Object.assign(watch, { close: () => own.close() });
  }
  const of = (inbox: TestInbox, online: boolean) => (event: Event) =>
    event.memberId === inbox.member.memberId && event.member?.online === online;
  const about = (watch: Watch<Event>, inbox: TestInbox) =>
    watch.events.filter(({ memberId }) => memberId === inbox.member.memberId).map(({ member }) => member?.online);
  const onlineNow = async () => {
    const { workspace } = await ada.client.ask<{
      workspace: { members: { user: { name: string }; online: boolean }[] };
    }>('{ workspace { members { online user { name } } } }');
    return workspace.members.filter(({ online }) => online).map(({ user }) => user.name);
  };

  it('members at two processes see each other come and go, and another workspace sees nobody [promise 23]', async () => {
    const eves = page(eve);
    const adas = page(ada);
    await adas.until(of(ada, true));
    const bobs = page(bob, second);
    await Promise.all([adas.until(of(bob, true)), bobs.until(of(ada, true)), bobs.until(of(bob, true))]);
    expect(await onlineNow()).toEqual(['Ada', 'Bob']);

    // With a second page at another process nobody is gone who closes the first; nor who loads it anew.
    const again = page(bob);
    await again.until(of(bob, true));
    await bobs.close();
    await pause(1_200);
    await again.close();
    const anew = page(bob);
    await anew.until(of(bob, true));
    await pause(1_200);
    expect(about(adas, bob)).toEqual([true]);

    await anew.close();
    await adas.until(of(bob, false));
    expect(await onlineNow()).toEqual(['Ada']);
    expect(eves.events.length).toBeGreaterThan(0);
    expect(eves.events.filter(({ memberId }) => memberId !== eve.member.memberId)).toEqual([]);
  }, 30_000);

  it('those at a process that was killed are gone when their time is up', async () => {
    const adas = page(ada);
    page(bob, second);
    await adas.until(of(bob, true));
    // From here on it says nothing more, as one that was killed.
    await second.app.get(MembersHere).beforeApplicationShutdown();
    await under.admin.query(
      "update presences set until = until - interval '22 seconds' where member_id = $1 and until < now() + interval '30 seconds'",
      [bob.member.memberId],
    );
    await adas.until(of(bob, false), 10_000);
    expect(await onlineNow()).toEqual(['Ada']);
    // What is left of it lasts no longer than promised.
    const { rows } = await under.admin.query("select from presences where until > now() + interval '23 seconds'");
    expect(rows).toEqual([]);
  }, 30_000);

  it('processes without Redis see each other too', async () => {
    const bobs = page(bob, withoutRedis);
    await bobs.until(of(bob, true));
    const adas = page(ada);
    await bobs.until(of(ada, true));
    await adas.until(of(bob, true));
    await adas.close();
    await bobs.until(of(ada, false));
  }, 30_000);

  it('nobody is here who is away, says that they are, or is a program', async () => {
    const adas = page(ada);
    await adas.until(of(ada, true));
    const bobs = page(bob, under.app, true);
    await bobs.until(of(ada, true));
    const { createApiToken } = await ada.client.ask<{ createApiToken: { secret: string } }>(
      'mutation { createApiToken(name: "sync", role: EDITOR) { secret } }',
    );
    const program = new TestClient(under.app.url);
    program.token = createApiToken.secret;
    clients.push(program);
    const heard = program.watch<Event>(watching);
    await heard.until(of(ada, true));
    page(bob);
    await adas.until(of(bob, true));
    expect(about(adas, bob)).toEqual([true]);

    await bob.client.ask('mutation { setAvailability(available: false) { id } }');
    await Promise.all([adas, heard].map((watch) => watch.until(of(bob, false))));
    expect(await onlineNow()).toEqual(['Ada']);
    await bob.client.ask('mutation { setAvailability(available: true) { id } }');
    await adas.until(() => about(adas, bob).length > 2);
    expect(about(adas, bob)).toEqual([true, false, true]);
    // The owner's own page is closed: the program alone, which acts for them, is nobody.
    await adas.close();
    await heard.until(of(ada, false));
  }, 30_000);

  it('a visitor is told whether anybody can answer, and of nobody in particular', async () => {
    const visitor = new TestVisitor(under.app.url, await createWebChat(ada.client));
    await visitor.open();
    const stream = await visitor.listen();
    const told = () => stream.events.filter(({ name }) => name === 'online').map(({ data }) => data);
    const until = (online: boolean, count: number) =>
      stream.until(({ data }) => data['online'] === online && told().length === count);
    await until(false, 1);
    // A viewer reads, and answers nobody.
    const vics = page(vic);
    await vics.until(of(vic, true));
    const adas = page(ada, second);
    await until(true, 2);
    await ada.client.ask('mutation { setAvailability(available: false) { id } }');
    await until(false, 3);
    await ada.client.ask('mutation { setAvailability(available: true) { id } }');
    await until(true, 4);
    await adas.close();
    await until(false, 5);
    expect(told()).toEqual([false, true, false, true, false].map((online) => ({ online })));
    visitor.close();
  }, 30_000);

  it('a member of many pages is one row, and one statement', async () => {
    const query = jest.spyOn(pg.Client.prototype, 'query');
    const pages = Array.from({ length: 12 }, () => page(bob));
    for (const one of pages) await one.until(of(bob, true));
    const writes = query.mock.calls.filter(([asked]) =>
      (asked as { text?: string }).text?.includes('insert into presences'),
    );
    query.mockRestore();
    // A beat may fall into it.
    expect([1, 2]).toContain(writes.length);
    const { rows } = await under.admin.query('select from presences where member_id = $1', [bob.member.memberId]);
    expect(rows).toHaveLength(1);
  }, 30_000);
});
