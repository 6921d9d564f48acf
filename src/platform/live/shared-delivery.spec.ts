import { PassThrough } from 'node:stream';
import { buildSchema, parse } from 'graphql';
import type { WebSocket } from 'ws';
import { RequestContext } from '../access/index.js';
import { DomainError, ErrorCode } from '../errors/index.js';
import type { LiveEvent } from './live-kinds.js';
import { LivePage } from './live-page.js';
import type { LiveStream, Watcher } from './live-stream.js';
import { SharedDelivery } from './shared-delivery.js';

/** Delivers one event whose field `text` is what `text` gives; tells what the socket was told. */
async function deliverOne(text: () => unknown) {
  const told = { sent: [] as string[], closed: [] as number[], left: 0 };
  const socket = {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    send: (frame: string) => told.sent.push(frame),
    close: (code: number) => told.closed.push(code),
  } as unknown as WebSocket;
  const joined: Watcher<string | null>[] = [];
  const stream = {
    field: 'events',
    join: async (_group: string, watcher: Watcher<string | null>) => {
      joined.push(watcher);
      return () => (told.left += 1);
    },
  } as unknown as LiveStream;
  const args = {
    schema: buildSchema('type Query { events: Event } type Event { cursor: String text: String }'),
    document: parse('{ events { cursor text } }'),
    contextValue: new RequestContext(
      { session: null, token: null, workspaceId: null },
      { ip: null, userAgent: null, requestId: 'request' },
    ),
  };
  new SharedDelivery().deliver(stream, args, 'group', { socket, wire: new PassThrough(), id: '1' });
  await new Promise((resolve) => setImmediate(resolve));
  for (const watcher of joined)
    watcher.send(await watcher.make({ cursor: '7', text } as unknown as LiveEvent, new LivePage(null)));
  return told;
}

describe('SharedDelivery', () => {
  it('sends an event as a frame of the client’s own', async () => {
    const told = await deliverOne(() => 'Hello');
    expect(told).toEqual({
      sent: ['{"id":"1","type":"next","payload":{"data":{"events":{"cursor":"7","text":"Hello"}}}}'],
      closed: [],
      left: 0,
    });
  });

  it('closes where the database was away, so that the client comes back for the event with its last cursor', async () => {
    const told = await deliverOne(() => {
      throw new DomainError(ErrorCode.UNAVAILABLE, 'The database does not answer.');
    });
    expect(told).toEqual({ sent: [], closed: [1011], left: 1 });
  });

  it('tells of what is wrong with an event itself, and goes on', async () => {
    const told = await deliverOne(() => {
      throw new DomainError(ErrorCode.NOT_FOUND, 'There is no such message.');
    });
    expect(told.closed).toEqual([]);
    expect(told.sent).toHaveLength(1);
    expect(told.sent[0]).toContain('NOT_FOUND');
  });
});
