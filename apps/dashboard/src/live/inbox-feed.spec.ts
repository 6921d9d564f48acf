import { jest } from '@jest/globals';
import type { Client } from 'urql';
import { InboxEventsDocument } from '../api/documents.js';
import { InboxFeed } from './inbox-feed.js';

interface Open {
  after: string;
  closed: boolean;
  next(result: object): void;
}

/** A feed whose socket and subscriptions are moved by hand. */
function setUp() {
  const opened: Open[] = [];
  const heard: Record<'connected' | 'closed', (event?: unknown) => void> = {
    connected: () => undefined,
    closed: () => undefined,
  };
  const log = { states: [] as string[], events: [] as string[], expired: 0, cursors: 0 };
  const client = {
    query: () => ({ toPromise: () => Promise.resolve({ data: { inboxCursor: `${10 * ++log.cursors}` } }) }),
    subscription: (document: unknown, { after }: { after: string }) => ({
      subscribe: (next: Open['next']) => {
        const open: Open = { after, closed: false, next };
        if (document === InboxEventsDocument) opened.push(open);
        return { unsubscribe: () => (open.closed = true) };
      },
    }),
  };
  const socket = {
    on: (event: 'connected' | 'closed', listener: (event: unknown) => void) => {
      heard[event] = (given = { code: 1006 }) => listener(given);
      return () => undefined;
    },
    terminate: () => heard.closed(),
  };
  const feed = new InboxFeed(client as unknown as Client, socket, {
    onEvent: (event) => void log.events.push(event.cursor),
    onActivity: () => undefined,
    onState: (state) => void log.states.push(state),
    onExpired: () => void log.expired++,
  });
  const event = (cursor: string) => ({ data: { inboxEvents: { __typename: 'CaughtUp', cursor } } });
  return { feed, opened, heard, log, event };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('InboxFeed', () => {
  it('takes a line that it let go of itself for no loss: a person who is quicker than the next try does not end every try', async () => {
    const { feed, opened, heard, log, event } = setUp();
    await feed.start();
    opened[0]?.next(event('11'));
    feed.reconnect();
    await jest.advanceTimersByTimeAsync(0);
    // The socket of the first one ends after the second was asked for.
    heard.closed({ code: 1000 });
    opened[1]?.next(event('12'));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(opened).toHaveLength(2);
    expect(opened[1]?.closed).toBe(false);
    expect(log.states.at(-1)).toBe('live');
  });

  it('subscribes behind the cursor, and resumes behind the last event it saw', async () => {
    const { feed, opened, heard, log, event } = setUp();
    await feed.start();
    opened[0]?.next(event('11'));
    opened[0]?.next(event('12'));
    heard.closed();
    expect(log.states.at(-1)).toBe('lost');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(opened.map(({ after }) => after)).toEqual(['10', '12']);
    expect(opened[0]?.closed).toBe(true);
    opened[1]?.next(event('13'));
    expect(log.states.at(-1)).toBe('live');
    expect(log.events).toEqual(['11', '12', '13']);
  });

  it('asks for a reload where what was missed is no longer kept, and takes a new cursor then', async () => {
    const { feed, opened, log } = setUp();
    await feed.start();
    opened[0]?.next({ error: { graphQLErrors: [{ message: 'old', extensions: { code: 'CURSOR_EXPIRED' } }] } });
    expect(log.expired).toBe(1);
    await feed.start();
    expect(opened.at(-1)?.after).toBe('20');
  });

  it('opens one subscription at a time, however often the line breaks', async () => {
    const { feed, opened, heard } = setUp();
    await feed.start();
    for (let turn = 0; turn < 5; turn++) {
      heard.closed();
      heard.closed();
      await jest.advanceTimersByTimeAsync(20_000);
    }
    expect(opened).toHaveLength(6);
    expect(opened.filter(({ closed }) => !closed)).toHaveLength(1);
  });

  it('says at once that there is no network, and tries at once when it is back', async () => {
    const { feed, opened, log } = setUp();
    await feed.start();
    feed.goOffline();
    expect(log.states.at(-1)).toBe('lost');
    feed.reconnect();
    await jest.advanceTimersByTimeAsync(0);
    expect(opened).toHaveLength(2);
  });

  it('stays quiet once it is stopped', async () => {
    const { feed, opened, heard } = setUp();
    await feed.start();
    feed.stop();
    heard.closed();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(opened).toHaveLength(1);
  });
});
