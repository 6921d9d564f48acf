import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { eventually } from '../support/client.js';
import { RawSocket } from '../support/raw-socket.js';
import { MetaStory, metaId, pageEvent } from '../stories/meta-story.js';

/** Each event of this holds its text ten times: a megabyte where the text is as long as a message may be. */
const copies = Array.from({ length: 10 }, (_, index) => `t${String(index)}: text`).join(' ');
const heavy = `subscription ($after: String) { inboxEvents(after: $after) { __typename cursor ... on MessageAdded { message { id ${copies} } } } }`;
const light = 'subscription { inboxEvents { __typename cursor ... on MessageAdded { message { id } } } }';
const events = 40;
/** More than the system and the server hold for a reader together, and far less than what is written. */
const held = 24_000_000;

interface Next {
  readonly payload: {
    readonly data: { readonly inboxEvents: { readonly cursor: string; readonly message?: { id: string } } };
  };
}

describe('sockets that do not do as they should (case Q6)', () => {
  let story: MetaStory;
  let page: string;
  let silent: RawSocket;
  let silentSince: number;
  const open: RawSocket[] = [];

  beforeAll(async () => {
    story = await MetaStory.start();
    const input = story.newPage();
    page = input.pageId;
    await story.connect('messenger', input);
    silent = socket();
    silentSince = Date.now();
  });
  afterAll(async () => {
    for (const one of open) one.close();
    await story.stop();
  });

  function socket(): RawSocket {
    const opened = new RawSocket(story.app.url, { cookie: story.client.cookie ?? '', origin: story.app.url });
    open.push(opened);
    return opened;
  }
  const ready = async () => {
    const opened = socket();
    await opened.init({ workspaceId: story.client.workspaceId });
    return opened;
  };
  const subscribe = (id: string, query: string, variables = {}) => ({
    type: 'subscribe',
    id,
    payload: { query, variables },
  });
  const nexts = ({ frames }: RawSocket) =>
    frames.filter(({ type }) => type === 'next').map((frame) => (frame as unknown as Next).payload.data.inboxEvents);
  const underneath = ({ socket: one }: RawSocket) => (one as WebSocket & { readonly _socket: Socket })._socket;

  const bad: Readonly<Record<string, readonly [number, (one: RawSocket) => unknown]>> = {
    'a frame of more than 64 kB': [1009, (one) => one.say(subscribe('1', `${light} # ${'x'.repeat(65_536)}`))],
    'more than 64 kB in small parts': [
      1009,
      ({ socket: one }) => {
        for (let part = 0; part < 80; part += 1) one.send('x'.repeat(1_000), { fin: false });
      },
    ],
    'bytes that are no text': [4400, (one) => one.say(Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28]))],
    'text that is not UTF-8': [
      1007,
      ({ socket: one }) => one.send(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), { binary: false }),
    ],
    'bytes that are no frame': [1002, (one) => underneath(one).write(Buffer.alloc(200, 0xff))],
    'a frame without a mask': [1002, (one) => underneath(one).write(Buffer.from([0x81, 0x02, 0x7b, 0x7d]))],
    nothing: [4400, (one) => one.say('')],
    'half of JSON': [4400, (one) => one.say('{"type":')],
    'a number': [4400, (one) => one.say('1')],
    null: [4400, (one) => one.say('null')],
    'a list': [4400, (one) => one.say('[{"type":"ping"}]')],
    '60,000 lists in one another': [4400, (one) => one.say('['.repeat(60_000))],
    'a type of a prototype': [4400, (one) => one.say('{"__proto__":{"type":"ping"}}')],
    'a type that nobody knows': [4400, (one) => one.say({ type: 'start', id: '1' })],
    'what only a server says': [4400, (one) => one.say({ type: 'next', id: '1', payload: { data: {} } })],
    'an operation without a document': [4400, (one) => one.say({ type: 'subscribe', id: '1', payload: {} })],
    'an operation without an id': [4400, (one) => one.say({ ...subscribe('1', light), id: '' })],
    'another greeting': [4429, (one) => one.say({ type: 'connection_init' })],
    'the same id twice': [
      4409,
      async (one) => {
        await one.say(subscribe('1', light));
        await one.say(subscribe('1', light));
      },
    ],
  };
  it.each(Object.entries(bad))('closes one that sends %s', async (_what, [code, send]) => {
    const one = await ready();
    await send(one);
    expect(await one.end()).toBe(code);
    // Nothing of the server's own is in the reason.
    expect(one.reason).not.toMatch(/ at |node_modules|Error:|\bJSON at position/);
  });

  it('carries 20 operations on a socket; the one after is refused until another has ended', async () => {
    const one = await ready();
    for (let id = 1; id <= 20; id += 1) await one.say(subscribe(String(id), light));
    await one.frame('next', '20');
    await one.say(subscribe('21', light));
    expect(JSON.stringify(await one.frame('error', '21'))).toContain('TOO_COMPLEX');
    expect(one.closed).toBeNull();
    await one.say({ type: 'complete', id: '1' });
    await one.say(subscribe('22', light));
    await one.frame('next', '22');
    one.close();
  });

  it('closes one that stops reading with 4429, and gives it the rest from its cursor on: nothing twice, nothing lost', async () => {
    const quick = await ready();
    await quick.say(subscribe('1', light));
    const slow = await ready();
    await slow.say(subscribe('1', heavy));
    await slow.frame('next');
    slow.socket.pause();
    const customer = metaId('75');
    for (let number = 0; number < events; number += 1) {
      const message = { mid: `slow-${String(number)}`, text: String(number % 10).repeat(100_000) };
      const item = { sender: { id: customer }, recipient: { id: page }, timestamp: Date.now(), message };
      await story.webhook(pageEvent('page', page, [item]));
    }
    await story.app.drainDeliveries();
    const added = (one: RawSocket) => nexts(one).flatMap(({ message }) => (message === undefined ? [] : [message.id]));
    // Others are not held up by it.
    await eventually(() => Promise.resolve(added(quick).length === events ? true : null));
    slow.socket.resume();
    expect(await slow.end(15_000)).toBe(4429);
    const bytes = slow.frames.reduce((sum, frame) => sum + JSON.stringify(frame).length, 0);
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(bytes).toBeLessThan(held);

    const seen = added(slow);
    let after = nexts(slow).at(-1)?.cursor ?? '';
    // What was missed is more than a slow line takes at once: it may be closed again, and each time gets on.
    for (let round = 0; round < events && seen.length < events; round += 1) {
      const again = await ready();
      await again.say(subscribe('1', heavy, { after }));
      await eventually(() =>
        Promise.resolve(again.closed !== null || nexts(again).some((event) => caughtUp(event)) ? true : null),
      );
      seen.push(...added(again));
      after = nexts(again).at(-1)?.cursor ?? after;
      again.close();
    }
    expect(seen).toEqual(added(quick));
  }, 60_000);

  it('closes one that asks on, with words to repeat, and reads no answer', async () => {
    const one = await ready();
    one.socket.pause();
    let sent = 0;
    // Closed by the server, its socket takes no more; without a bound, all of this would have been kept for it.
    while (sent < 400 && one.closed === null) {
      one.socket.send(JSON.stringify({ type: 'ping', payload: { words: 'x'.repeat(60_000) } }));
      sent += 1;
      if (sent % 10 === 0)
        await new Promise((resolve) => setTimeout(resolve, one.socket.bufferedAmount > 1_000_000 ? 20 : 1));
    }
    one.socket.resume();
    expect(await one.end(10_000)).toBe(4429);
  }, 60_000);

  it('closes one that does not greet within ten seconds', async () => {
    expect(await silent.end(15_000)).toBe(4408);
    expect(Date.now() - silentSince).toBeGreaterThan(5_000);
  }, 20_000);

  it('serves everybody else as before', async () => {
    const one = await ready();
    await one.say(subscribe('1', light));
    await one.frame('next');
    one.close();
  });
});

const caughtUp = (event: object) => (event as { __typename: string }).__typename === 'CaughtUp';
