import type { Client } from 'urql';
import { FurtherPages } from './further-pages.js';

type Listener = (result: object) => void;

/** Pages behind a client that is moved by hand: what it was asked, and who still listens. */
function setUp() {
  const asked: string[] = [];
  const listening = new Map<string, Listener>();
  const client = {
    query: (_document: unknown, { after }: { after: string }) => ({
      subscribe: (listener: Listener) => {
        asked.push(after);
        listening.set(after, listener);
        return { unsubscribe: () => listening.delete(after) };
      },
    }),
  };
  const pages = new FurtherPages(client as unknown as Client, { filter: {}, order: 'LAST_ACTIVITY', first: 2 }, 'a');
  const answer = (after: string, ids: readonly string[], endCursor: string | null) =>
    listening.get(after)?.({
      data: {
        conversations: { nodes: ids.map((id) => ({ id })), pageInfo: { hasNextPage: endCursor !== null, endCursor } },
      },
    });
  const ids = () => pages.current().nodes.map(({ id }) => id);
  return { pages, asked, listening, answer, ids };
}

describe('the pages behind the first', () => {
  it('come one after the other, each asked for once, up to the last', () => {
    const { pages, asked, answer, ids } = setUp();
    pages.subscribe(() => undefined);
    pages.more();
    pages.more();
    expect(asked).toEqual(['a']);
    expect(pages.current().fetching).toBe(true);
    answer('a', ['1', '2'], 'b');
    pages.more();
    answer('b', ['3'], null);
    pages.more();
    expect(asked).toEqual(['a', 'b']);
    expect(ids()).toEqual(['1', '2', '3']);
    expect(pages.current().fetching).toBe(false);
  });

  it('change by themselves, and those who look are told', () => {
    const { pages, answer, ids } = setUp();
    let told = 0;
    pages.subscribe(() => (told += 1));
    pages.more();
    answer('a', ['1', '2'], 'b');
    const before = told;
    answer('a', ['1'], 'b');
    expect(told).toBe(before + 1);
    expect(ids()).toEqual(['1']);
  });

  it('are let go of when nobody looks, and are there for whoever comes back', () => {
    const { pages, asked, listening, answer, ids } = setUp();
    const leave = pages.subscribe(() => undefined);
    pages.more();
    answer('a', ['1'], 'b');
    leave();
    expect(listening.size).toBe(0);
    expect(ids()).toEqual(['1']);
    pages.subscribe(() => undefined);
    expect(asked).toEqual(['a', 'a']);
    expect(pages.current()).toMatchObject({ fetching: false, failure: null });
    answer('a', ['1', '2'], 'b');
    expect(ids()).toEqual(['1', '2']);
  });

  it('that did not come are asked for again', () => {
    const { pages, asked, listening, answer, ids } = setUp();
    pages.subscribe(() => undefined);
    pages.more();
    listening.get('a')?.({ error: { networkError: new Error('no line') } });
    expect(pages.current().failure?.code).toBe('NETWORK');
    pages.more();
    expect(asked).toEqual(['a', 'a']);
    answer('a', ['1'], null);
    expect(ids()).toEqual(['1']);
    expect(pages.current().failure).toBeNull();
  });
});
