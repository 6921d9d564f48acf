import { TestClient, eventually } from '../support/client.js';
import { RawSocket } from '../support/raw-socket.js';
import { type FeedEvent, MetaStory, cursorsOf, feed, metaId, mustIncrease, pageEvent } from './meta-story.js';

describe('an open inbox misses nothing', () => {
  let story: MetaStory;
  let page: string;
  let count = 0;
  beforeAll(async () => {
    story = await MetaStory.start();
    const input = story.newPage();
    page = input.pageId;
    await story.connect('messenger', input);
  });
  afterAll(() => story.stop());

  const write = (customer: string, text: string) => {
    count += 1;
    const message = { mid: `live-${String(count)}`, text };
    return story.webhook(
      pageEvent('page', page, [{ sender: { id: customer }, recipient: { id: page }, timestamp: Date.now(), message }]),
    );
  };
  const newToken = async (client: TestClient, role = 'EDITOR') => {
    const { createApiToken } = await client.ask<{ createApiToken: { secret: string; token: { id: string } } }>(
      'mutation ($role: Role!) { createApiToken(name: "story", role: $role) { secret token { id } } }',
      { role },
    );
    return { secret: createApiToken.secret, id: createApiToken.token.id };
  };
  const withToken = (secret: string) => {
    const client = new TestClient(story.app.url);
    client.token = secret;
    return client;
  };

  it('after 30 drops of the line at any moment: no gap, no repeat, in order', async () => {
    const { inboxCursor } = await story.client.ask<{ inboxCursor: string }>('{ inboxCursor }');
    const [one, two] = [metaId('75'), metaId('75')];
    let writing = true;
    let written = 0;
    const stream = (async () => {
      while (writing) {
        written += 1;
        await write(written % 2 === 0 ? one : two, `number ${String(written)}`);
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 15));
      }
    })();
    const seen: FeedEvent[] = [];
    let after = inboxCursor;
    for (let drop = 0; drop < 30; drop += 1) {
      const watch = story.client.watch<FeedEvent>(feed, { after });
      await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 120));
      watch.cut();
      const came = [...watch.events];
      seen.push(...came);
      after = came.findLast(({ cursor }) => cursor !== '')?.cursor ?? after;
    }
    writing = false;
    await stream;
    await story.app.drainDeliveries();
    const watch = story.client.watch<FeedEvent>(feed, { after });
    await watch.until(
      ({ message }) =>
        message?.text === `number ${String(written)}` ||
        seen.some((event) => event.message?.text === `number ${String(written)}`),
    );
    await watch.until(({ __typename }) => __typename === 'CaughtUp');
    seen.push(...watch.events);
    watch.end();

    mustIncrease(cursorsOf(seen));
    const texts = seen.flatMap(({ __typename, message }) => (__typename === 'MessageAdded' ? [message?.text] : []));
    expect(texts).toHaveLength(written);
    expect(new Set(texts).size).toBe(written);
    // Without gap by the numbers themselves: everything after the first cursor, once each.
    const whole = story.client.watch<FeedEvent>(feed, { after: inboxCursor });
    await whole.until(({ __typename }) => __typename === 'CaughtUp');
    expect(cursorsOf(seen)).toEqual(
      cursorsOf(whole.events).filter((cursor) => cursor <= (cursorsOf(seen).at(-1) ?? 0n)),
    );
    whole.end();
  });

  it('tells of one conversation alone where that is asked for', async () => {
    const [one, two] = [metaId('75'), metaId('75')];
    await write(one, 'first');
    const { id } = await story.threadOf(one);
    const watch = await story.watch({ conversationId: id });
    await write(two, 'elsewhere');
    await write(one, 'here');
    await watch.until(({ message }) => message?.text === 'here');
    expect(watch.events.filter(({ message }) => message?.text === 'elsewhere')).toEqual([]);
    expect(watch.events.every(({ message }) => message === undefined || message.conversation.id === id)).toBe(true);
    watch.end();
  });

  it('says that a cursor is too old, or none', async () => {
    const { inboxCursor } = await story.client.ask<{ inboxCursor: string }>('{ inboxCursor }');
    for (const text of ['one', 'two', 'three', 'four']) await write(metaId('75'), text);
    await story.app.drainDeliveries();
    const all = await story.watch({ after: inboxCursor });
    const cursors = all.events.slice(0, -1).map(({ cursor }) => cursor);
    all.end();
    // What seven days do: all but the last three changes are let go of.
    const ours = 'workspace_id = $1';
    const { rows } = await story.sql.query<{ seq: string }>(
      `delete from workspace_events where ${ours} and seq <= (select events - 3 from workspace_counters where ${ours}) returning seq`,
      [story.client.workspaceId],
    );
    await story.sql.query(`update workspace_counters set events_trimmed = events - 3 where ${ours}`, [
      story.client.workspaceId,
    ]);
    expect(rows.length).toBeGreaterThan(3);
    const codeOf = async (after: string) => {
      const watch = story.client.watch<FeedEvent>(feed, { after });
      const error = await eventually(() => Promise.resolve(watch.error), 4_000);
      expect(watch.events).toEqual([]);
      watch.end();
      return (error as { extensions?: { code?: string } }[])[0]?.extensions?.code;
    };
    for (const after of [inboxCursor, cursors.at(-5)]) expect(await codeOf(after ?? '')).toBe('CURSOR_EXPIRED');
    for (const after of ['no cursor', '-1', '1e3', '9'.repeat(40)])
      expect(['BAD_USER_INPUT', 'CURSOR_EXPIRED']).toContain(await codeOf(after));
    // The last one before what is still there goes on.
    const watch = await story.watch({ after: cursors.at(-4) });
    expect(watch.events.slice(0, -1).map(({ cursor }) => cursor)).toEqual(cursors.slice(-3));
    watch.end();
  });

  it('closes within 2 s of its token’s end', async () => {
    const { secret, id } = await newToken(story.client);
    const watch = await story.watch({}, withToken(secret));
    await story.client.ask('mutation ($id: ID!) { revokeApiToken(id: $id) }', { id });
    const start = Date.now();
    await eventually(() => Promise.resolve(watch.error), 2_000);
    expect(Date.now() - start).toBeLessThan(2_000);
    const events = watch.events.length;
    await write(metaId('75'), 'not for them');
    await story.app.drainDeliveries();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(watch.events).toHaveLength(events);
  });

  it('closes within 2 s of its person’s signing out', async () => {
    const email = `leaving-${Math.random().toString(36).slice(2)}@example.com`;
    const client = new TestClient(story.app.url);
    const input = {
      email,
      name: 'Eva',
      password: 'a long enough password',
      workspaceName: 'Hers',
      acceptedPolicies: true,
    };
    const { signUp } = await client.ask<{ signUp: { memberships: { workspace: { id: string } }[] } }>(
      'mutation ($input: SignUpInput!) { signUp(input: $input) { memberships { workspace { id } } } }',
      { input },
    );
    client.workspaceId = signUp.memberships[0]?.workspace.id ?? null;
    const watch = await story.watch({}, client);
    await client.ask('mutation { signOut }');
    await eventually(() => Promise.resolve(watch.error), 2_000);
  });

  it('tells another workspace nothing, and lets nobody name one that is not theirs [promise 23]', async () => {
    const other = await TestClient.signedUp(story.app.url, 'Bea');
    const theirs = await story.watch({}, other);
    const own = await story.watch();
    await write(metaId('75'), 'ours alone');
    await own.until(({ message }) => message?.text === 'ours alone');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(theirs.events.map(({ __typename }) => __typename)).toEqual(['CaughtUp']);
    theirs.end();
    own.end();

    const { id } = await story.threadOf(await newThread());
    other.workspaceId = story.client.workspaceId;
    const trespass = other.watch<FeedEvent>(feed);
    await eventually(() => Promise.resolve(trespass.error), 4_000);
    expect(trespass.events).toEqual([]);
    const peek = (await TestClient.signedUp(story.app.url, 'Cem')).watch<FeedEvent>(feed, { conversationId: id });
    await write(metaId('75'), 'still ours');
    await story.app.drainDeliveries();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(peek.events.filter(({ __typename }) => __typename !== 'CaughtUp')).toEqual([]);
    peek.end();
  });
  async function newThread(): Promise<string> {
    const customer = metaId('75');
    await write(customer, 'a thread');
    await story.threadOf(customer);
    return customer;
  }

  it('gives a cookie without an Origin, or with a foreign one, nothing; a token needs none', async () => {
    const { cookie, workspaceId } = story.client;
    const init = { type: 'connection_init', payload: { workspaceId } };
    const subscribe = { id: '1', type: 'subscribe', payload: { query: feed } };
    for (const origin of [{}, { origin: 'https://evil.example' }, { origin: 'null' }]) {
      const socket = new RawSocket(story.app.url, { cookie: cookie ?? '', ...origin });
      await socket.say(init);
      await socket.say(subscribe);
      await eventually(
        () =>
          Promise.resolve(socket.closed !== null || socket.frames.some(({ type }) => type === 'error') ? true : null),
        4_000,
      );
      expect(socket.frames.filter(({ type }) => type === 'next')).toEqual([]);
      socket.close();
    }
    const { secret } = await newToken(story.client, 'VIEWER');
    const socket = new RawSocket(story.app.url, {});
    await socket.say({ type: 'connection_init', payload: { authorization: `Bearer ${secret}` } });
    await socket.frame('connection_ack');
    await socket.say(subscribe);
    await socket.frame('next');
    socket.close();
  });

  it('takes frames of 64 kB at most, JSON alone, and no operation before the greeting', async () => {
    const headers = { cookie: story.client.cookie ?? '', origin: story.app.url };
    const large = new RawSocket(story.app.url, headers);
    await large.say({ type: 'connection_init', payload: { workspaceId: story.client.workspaceId } });
    await large.frame('connection_ack');
    await large.say({ id: '1', type: 'subscribe', payload: { query: `${feed} # ${'x'.repeat(64 * 1024)}` } });
    expect(await large.end()).toBe(1009);
    const noise = new RawSocket(story.app.url, headers);
    await noise.say('{"type":');
    expect(await noise.end()).toBeGreaterThan(1000);
    const early = new RawSocket(story.app.url, headers);
    await early.say({ id: '1', type: 'subscribe', payload: { query: feed } });
    expect(await early.end()).toBe(4401);
  });

  it('shows who looks and types, until they leave, and stores nothing of it', async () => {
    const { id } = await story.threadOf(await newThread());
    const colleague = withToken((await newToken(story.client)).secret);
    const before = (await story.client.ask<{ inboxCursor: string }>('{ inboxCursor }')).inboxCursor;
    interface Seen {
      conversationId: string;
      typing: boolean;
      viewing: boolean;
      contactTyping: boolean;
    }
    const watch = colleague.watch<Seen>(
      'subscription ($id: ID) { activity(conversationId: $id) { conversationId typing viewing contactTyping } }',
      { id },
    );
    const set = (typing: boolean, viewing: boolean) =>
      story.client.ask(
        'mutation ($id: ID!, $typing: Boolean!, $viewing: Boolean!) { setActivity(conversationId: $id, typing: $typing, viewing: $viewing) }',
        { id, typing, viewing },
      );
    await new Promise((resolve) => setTimeout(resolve, 150));
    await set(true, true);
    expect(await watch.until(({ typing }) => typing)).toMatchObject({
      conversationId: id,
      viewing: true,
      contactTyping: false,
    });
    await set(false, false);
    await watch.until(({ typing, viewing }) => !typing && !viewing);
    watch.end();
    expect((await story.client.ask<{ inboxCursor: string }>('{ inboxCursor }')).inboxCursor).toBe(before);
    const other = await TestClient.signedUp(story.app.url, 'Dia');
    expect(
      await other.refusal('mutation ($id: ID!) { setActivity(conversationId: $id, typing: true, viewing: true) }', {
        id,
      }),
    ).toBe('NOT_FOUND');
  });
});
