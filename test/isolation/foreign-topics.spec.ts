import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { newId } from '../../src/platform/database/index.js';
import { Config } from '../../src/platform/config/index.js';
import { TestClient, type Watch, eventually } from '../support/client.js';
import { RedisMonitor } from '../support/redis-monitor.js';
import { pageEvent } from '../stories/meta-story.js';
import type { Operation } from './operations.js';
import { redisFaults } from './redis-names.js';
import { type FurnishedInbox, TwoInboxes } from './two-inboxes.js';

type Event = Readonly<Record<string, unknown>>;

describe('what is told without being asked', () => {
  let both: TwoInboxes;
  let subscriptions: Operation[];
  let monitor: RedisMonitor;
  const commands: string[][] = [];

  beforeAll(async () => {
    both = await TwoInboxes.start();
    subscriptions = both.operations.filter(({ root }) => root === 'subscription');
    monitor = await RedisMonitor.start(both.story.app.database.redisUrl, (command) => commands.push(command));
  }, 60_000);
  afterAll(async () => {
    monitor.stop();
    await both.stop();
  });

  const watch = (inbox: FurnishedInbox, operation: Operation, variables: Record<string, unknown> = {}) =>
    inbox.client.watch<Event>(operation.document, variables);

  /** How a subscription that cannot begin ends. */
  async function refusal(begun: Watch<Event>): Promise<string> {
    await eventually(() => Promise.resolve(begun.error === null ? null : true), 5_000);
    const { code, reason } = begun.error as { code?: number; reason?: string };
    const said = code === undefined ? JSON.stringify(begun.error) : `closed ${String(code)} ${String(reason)}`;
    begun.end();
    return `${said.replace(/"requestId":"[^"]*"/g, '')} after ${String(begun.events.length)} events`;
  }

  it("T8 Q5: watching another's conversation is watching one that never was", async () => {
    const places = subscriptions.flatMap((operation) => operation.places.map((place) => ({ operation, place })));
    const ids = places.filter(({ place }) => place.kind?.startsWith('id of ') === true);
    expect(ids.length).toBeGreaterThan(1);
    const telling: string[] = [];
    for (const { operation, place } of ids) {
      const ask = (value: string) => refusal(watch(both.a, operation, { [place.path[0] ?? '']: value }));
      const unknown = await ask(newId());
      expect(unknown).toContain('NOT_FOUND');
      const kind = (place.kind ?? '').slice('id of '.length) as keyof FurnishedInbox['ids'];
      const theirs = both.b.ids[kind] ?? '';
      expect(theirs).toMatch(/^[0-9a-f-]{36}$/);
      for (const value of [theirs, theirs.toUpperCase(), `{${theirs}}`, `${theirs} `, both.b.ids.contact, 'no id', ''])
        if ((await ask(value)) !== unknown) telling.push(`${operation.name} ${value}: not ${unknown}`);
    }
    expect(telling).toEqual([]);
  }, 60_000);

  it("T8 Q5: a socket that names another's workspace is closed as one that names none there is", async () => {
    for (const { cookie, token } of [
      { cookie: both.a.client.cookie, token: null },
      { cookie: null, token: both.a.token },
    ]) {
      const closed = async (workspaceId: string) => {
        const client = new TestClient(both.story.app.url);
        client.cookie = cookie;
        client.token = token;
        client.workspaceId = workspaceId;
        const said = await refusal(client.watch<Event>(subscriptions[0]?.document ?? '', {}));
        await client.close();
        return said;
      };
      expect(await closed(both.b.workspaceId)).toBe(await closed(newId()));
    }
  });

  it('Q5: a client that tells events of its own making is put out, and nobody hears them', async () => {
    const feed = subscriptions.find(({ name }) => name === 'inboxEvents');
    const hearing = both.b.client.watch<Event>(feed?.document ?? '', {});
    await hearing.until((event) => event['__typename'] === 'CaughtUp');
    const forged = { inboxEvents: { __typename: 'WorkspaceChanged', what: 'forged', ids: [both.b.workspaceId] } };
    for (const message of [
      { id: '1', type: 'next', payload: { data: forged } },
      { type: 'publish', topic: both.b.workspaceId, payload: forged },
      { id: '1', type: 'complete', payload: forged },
    ]) {
      const socket = new WebSocket(`${both.story.app.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
        headers: { origin: both.story.app.url, cookie: both.a.client.cookie ?? '' },
      });
      await new Promise((resolve) => socket.once('open', resolve));
      const next = () =>
        new Promise<string>((resolve) => {
          socket.once('message', (data: Buffer) => resolve(data.toString()));
          socket.once('close', (code) => resolve(`closed ${String(code)}`));
        });
      socket.send(JSON.stringify({ type: 'connection_init', payload: { workspaceId: both.a.workspaceId } }));
      expect(await next()).toContain('connection_ack');
      socket.send(JSON.stringify(message));
      // Ending a subscription that one does not have is nothing; whatever else a client tells puts it out.
      socket.send(JSON.stringify({ type: 'ping' }));
      expect(await next()).toMatch(message.type === 'complete' ? /pong/ : /closed 4400/);
      socket.terminate();
    }
    expect(hearing.events.filter((event) => JSON.stringify(event).includes('forged'))).toEqual([]);
    hearing.end();
  });

  /** All that changes an inbox once, from outside and from inside. */
  async function live(inbox: FurnishedInbox, round: number): Promise<void> {
    const { ids, client, label, accounts } = inbox;
    const words = `${label} ${String(round)}`;
    const item = {
      sender: { id: accounts[1] },
      recipient: { id: accounts[0] },
      timestamp: Date.now(),
      message: { mid: `live-${label}-${String(round)}`, text: words },
    };
    await both.story.deliver(pageEvent('page', accounts[0] ?? '', [item]));
    for (const [mutation, variables] of [
      ['addNote(conversationId: $id, text: $text) { id }', { id: ids.conversation }],
      ['tagConversation(id: $id, tags: [$text]) { id }', { id: ids.conversation }],
      ['updateContact(input: { id: $id, name: $text }) { id }', { id: ids.contact }],
      ['updateChannel(id: $id, name: $text) { id }', { id: ids.channel }],
      ['saveCannedResponse(id: $id, shortcut: "hi", text: $text) { id }', { id: ids.cannedResponse }],
      ['draftReply(conversationId: $id, instruction: $text) { id }', { id: ids.conversation }],
      ['addContactNote(contactId: $id, text: $text) { id }', { id: ids.contact }],
      ['addLeadNote(leadId: $id, text: $text) { id }', { id: ids.lead }],
      ['saveComposerDraft(conversationId: $id, text: $text) { text }', { id: ids.conversation }],
    ] as const)
      await client.ask(`mutation ($id: ID!, $text: String!) { ${mutation} }`, { ...variables, text: words });
    await client.ask(`mutation { setAvailability(available: ${String(round % 2 === 1)}) { id online } }`);
    for (const typing of [true, false])
      await client.ask(
        'mutation ($id: ID!, $typing: Boolean!) { setActivity(conversationId: $id, typing: $typing, viewing: $typing) }',
        { id: ids.conversation, typing },
      );
  }

  it('Q5 T12: each is told all of its own inbox and nothing of the other’s [promise 23]', async () => {
    const inboxes = [both.a, both.b];
    // The words of a draft are one draft's, and end with it: what is told of them is seen below.
    const lasting = subscriptions.filter(({ name }) => name !== 'draftText');
    expect(lasting).toHaveLength(subscriptions.length - 1);
    const heard = inboxes.map((inbox) => ({ inbox, watches: lasting.map((one) => watch(inbox, one)) }));
    const feeds = heard.map(({ watches }) => watches[lasting.findIndex(({ name }) => name === 'inboxEvents')]);
    for (const one of feeds) await one?.until((event) => event['__typename'] === 'CaughtUp');
    const from = await Promise.all(inboxes.map(({ workspaceId }) => lastEvent(workspaceId)));
    for (let round = 0; round < 5; round += 1) await Promise.all(inboxes.map((inbox) => live(inbox, round)));
    for (const inbox of inboxes) await both.settled(inbox);

    for (const [index, { inbox, watches }] of heard.entries()) {
      const other = inbox === both.a ? both.b : both.a;
      const foreign = { ...other, everyId: await both.idsNow(other) };
      for (const one of watches) {
        expect(one.events.length).toBeGreaterThan(3);
        expect(one.events.flatMap((event) => both.traces(JSON.stringify(event), foreign, ''))).toEqual([]);
      }
      // The ledger: what the database wrote down for this workspace, no more and no less.
      const cursors = (feeds[index]?.events ?? [])
        .filter((event) => event['__typename'] !== 'CaughtUp')
        .map(({ cursor }) => cursor);
      const { rows } = await both.story.sql.query<{ cursor: string }>(
        'select (seq * 2)::text as cursor from workspace_events where workspace_id = $1 and seq > $2 order by seq',
        [inbox.workspaceId, from[index]],
      );
      expect(rows.length).toBeGreaterThan(20);
      expect(cursors).toEqual(rows.map(({ cursor }) => cursor));
      for (const one of watches) one.end();
    }
  }, 90_000);

  async function lastEvent(workspaceId: string): Promise<string> {
    const { rows } = await both.story.sql.query<{ seq: string }>(
      'select max(seq)::text as seq from workspace_events where workspace_id = $1',
      [workspaceId],
    );
    return rows[0]?.seq ?? '0';
  }

  it('T12: what passed through Redis names a workspace or holds nothing of one', () => {
    expect(commands.length).toBeGreaterThan(50);
    expect(redisFaults(commands, [both.a, both.b])).toEqual([]);
  });

  it('T12: every file lies under its workspace, and is a row there', async () => {
    const root = fileURLToPath(both.story.app.app.get(Config).storageUrl);
    const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const parts = path.relative(root, path.join(file.parentPath, file.name)).split(path.sep);
      const [workspaceId = '', tail = '', id = ''] = parts;
      const { rows } = await both.story.sql.query('select from files where workspace_id = $1 and id = $2', [
        workspaceId,
        id,
      ]);
      expect([parts.length, tail, rows.length]).toEqual([3, id.slice(-2), 1]);
    }
  });
});
