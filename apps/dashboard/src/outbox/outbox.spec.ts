import { jest } from '@jest/globals';
import type { ApiFailure } from '../api/documents.js';
import { Outbox, idsWithText, stillUnseen, type OutboxEntry, type SendOutcome } from './outbox.js';

const name = 'parley.outbox.u.w';
const refusal: ApiFailure = {
  code: 'MESSAGING_WINDOW_CLOSED',
  message: 'Too late.',
  field: null,
  retryAfter: null,
  requestId: 'r',
};

function memory(initial: Record<string, string> = {}) {
  const held = new Map(Object.entries(initial));
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}

function entry(key: string, conversationId = 'c1', text = `text of ${key}`): OutboxEntry {
  return { key, conversationId, text, createdAt: '2026-01-01T00:00:00Z', knownIds: [] };
}

/** A server that answers when told to, and remembers what it was asked. */
function server() {
  const asked: string[] = [];
  const waiting: ((outcome: SendOutcome) => void)[] = [];
  return {
    asked,
    send: (sent: OutboxEntry) =>
      new Promise<SendOutcome>((resolve) => {
        asked.push(sent.key);
        waiting.push(resolve);
      }),
    async answer(outcome: SendOutcome) {
      waiting.shift()?.(outcome);
      await settle();
    },
  };
}

const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('Outbox', () => {
  it('keeps an entry until the server has answered', async () => {
    const store = memory();
    const { send, answer, asked } = server();
    const outbox = new Outbox(store, name, send);
    outbox.enqueue(entry('k1'));
    expect(store.held.get(name)).toContain('k1');
    await answer({ kind: 'sent' });
    expect(asked).toEqual(['k1']);
    expect(outbox.entries()).toEqual([]);
    expect(store.held.has(name)).toBe(false);
  });

  it('sends under the same key after a reload', async () => {
    const store = memory();
    const first = server();
    new Outbox(store, name, first.send).enqueue(entry('k1'));
    const second = server();
    const reloaded = new Outbox(store, name, second.send);
    void reloaded.flush();
    await second.answer({ kind: 'sent' });
    expect([first.asked, second.asked]).toEqual([['k1'], ['k1']]);
    expect(reloaded.entries()).toEqual([]);
  });

  it('does not ask twice while it waits for an answer', async () => {
    const { send, asked } = server();
    const outbox = new Outbox(memory(), name, send);
    outbox.enqueue(entry('k1'));
    void outbox.flush();
    void outbox.flush();
    await settle();
    expect(asked).toEqual(['k1']);
  });

  it('keeps the order within a conversation and lets others go on', async () => {
    const { send, answer, asked } = server();
    const outbox = new Outbox(memory(), name, send);
    outbox.enqueue(entry('a1', 'a'));
    outbox.enqueue(entry('a2', 'a'));
    outbox.enqueue(entry('b1', 'b'));
    await settle();
    expect(asked).toEqual(['a1', 'b1']);
    await answer({ kind: 'sent' });
    expect(asked).toEqual(['a1', 'b1', 'a2']);
  });

  it('tries again later where no answer came', async () => {
    const { send, answer, asked } = server();
    const outbox = new Outbox(memory(), name, send);
    outbox.enqueue(entry('k1'));
    await answer({ kind: 'later' });
    expect(outbox.entries()).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(asked).toEqual(['k1', 'k1']);
  });

  it('shows a refusal, goes on with the next and lets a person send it again under its key', async () => {
    const { send, answer, asked } = server();
    const outbox = new Outbox(memory(), name, send);
    outbox.enqueue(entry('k1'));
    outbox.enqueue(entry('k2'));
    await answer({ kind: 'refused', failure: refusal });
    expect(outbox.entries().map(({ key, failure }) => [key, failure?.code])).toEqual([
      ['k1', 'MESSAGING_WINDOW_CLOSED'],
      ['k2', undefined],
    ]);
    await answer({ kind: 'sent' });
    outbox.sendNow('k1');
    await answer({ kind: 'sent' });
    expect(asked).toEqual(['k1', 'k2', 'k1']);
    expect(outbox.entries()).toEqual([]);
  });

  describe('with time to take back', () => {
    const delayed = (key: string, conversationId = 'c1') => ({
      ...entry(key, conversationId),
      sendAt: Date.now() + 5_000,
    });

    it('waits for the time, and sends then', async () => {
      const { send, asked } = server();
      const outbox = new Outbox(memory(), name, send);
      outbox.enqueue(delayed('k1'));
      await jest.advanceTimersByTimeAsync(4_900);
      expect(asked).toEqual([]);
      await jest.advanceTimersByTimeAsync(200);
      expect(asked).toEqual(['k1']);
    });

    it('goes on waiting after a reload, and is sent at once where the time has passed', async () => {
      const store = memory();
      const first = new Outbox(store, name, server().send);
      first.enqueue(delayed('k1'));
      first.stop();
      const second = server();
      const reloaded = new Outbox(store, name, second.send);
      await reloaded.flush();
      await jest.advanceTimersByTimeAsync(2_000);
      expect(second.asked).toEqual([]);
      reloaded.stop();
      await jest.advanceTimersByTimeAsync(60_000);
      const third = server();
      void new Outbox(store, name, third.send).flush();
      await settle();
      expect(third.asked).toEqual(['k1']);
    });

    it('is taken back until then, and never sent', async () => {
      const { send, asked } = server();
      const outbox = new Outbox(memory(), name, send);
      outbox.enqueue(delayed('k1'));
      expect(outbox.takeBack('k1')?.text).toBe('text of k1');
      expect(outbox.takeBack('k1')).toBeNull();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(asked).toEqual([]);
    });

    it('is not taken back once it is on its way', async () => {
      const { send } = server();
      const outbox = new Outbox(memory(), name, send);
      outbox.enqueue(delayed('k1'));
      await jest.advanceTimersByTimeAsync(5_100);
      expect(outbox.takeBack('k1')).toBeNull();
      expect(outbox.entries()).toHaveLength(1);
    });

    it('stays taken back in every window of the browser', async () => {
      const store = memory();
      const here = new Outbox(store, name, server().send);
      here.enqueue(delayed('k1'));
      const other = server();
      const there = new Outbox(store, name, other.send);
      await there.flush();
      here.takeBack('k1');
      there.enqueue(entry('k2', 'c2'));
      await jest.advanceTimersByTimeAsync(10_000);
      expect(other.asked).toEqual(['k2']);
      expect(store.held.get(name) ?? '').not.toContain('k1');
    });

    it('keeps the order behind it, and lets other conversations go on', async () => {
      const { send, answer, asked } = server();
      const outbox = new Outbox(memory(), name, send);
      outbox.enqueue(delayed('a1', 'a'));
      outbox.enqueue(entry('a2', 'a'));
      outbox.enqueue(entry('b1', 'b'));
      await settle();
      expect(asked).toEqual(['b1']);
      await answer({ kind: 'sent' });
      await jest.advanceTimersByTimeAsync(5_100);
      await answer({ kind: 'sent' });
      expect(asked).toEqual(['b1', 'a1', 'a2']);
    });

    it('goes at once where somebody asks for it', async () => {
      const { send, asked } = server();
      const outbox = new Outbox(memory(), name, send);
      outbox.enqueue(delayed('k1'));
      outbox.sendNow('k1');
      await settle();
      expect(asked).toEqual(['k1']);
    });

    it('goes out from memory where nothing can be stored', async () => {
      const { send, asked } = server();
      const full = {
        ...memory(),
        setItem: () => {
          throw new Error('full');
        },
      };
      const outbox = new Outbox(full, name, send);
      outbox.enqueue(delayed('k1'));
      outbox.enqueue(delayed('k2', 'c2'));
      await jest.advanceTimersByTimeAsync(5_100);
      expect(asked).toEqual(['k1', 'k2']);
    });
  });

  it('asks the server about others once: whoever sends it again knows', async () => {
    const sent: (string | undefined)[] = [];
    const outbox = new Outbox(memory(), name, (one) => {
      sent.push(one.seenMessageId);
      return Promise.resolve<SendOutcome>({ kind: 'refused', failure: { ...refusal, code: 'CONFLICT' } });
    });
    outbox.enqueue({ ...entry('k1'), seenMessageId: 'm7' });
    await settle();
    outbox.sendNow('k1');
    await settle();
    expect(sent).toEqual(['m7', undefined]);
  });

  it('forgets an erased conversation', () => {
    const store = memory();
    const outbox = new Outbox(store, name, server().send);
    outbox.enqueue(entry('a1', 'a'));
    outbox.enqueue(entry('b1', 'b'));
    outbox.forgetConversation('a');
    expect(outbox.entries().map(({ key }) => key)).toEqual(['b1']);
    expect(store.held.get(name)).not.toContain('text of a1');
  });

  it.each(['', '{', '"x"', '[{"key":1}]', 'null'])('begins empty where the store holds %j', (text) => {
    expect(new Outbox(memory({ [name]: text }), name, server().send).entries()).toEqual([]);
  });
});

describe('stillUnseen', () => {
  const own = (id: string, text: string) => ({ id, text, direction: 'OUTBOUND', member: { id: 'm1' } });

  it('hides an entry whose message the live feed brought first', () => {
    expect(stillUnseen([entry('k1', 'c1', 'Hi')], [own('x', 'Hi')], 'm1')).toEqual([]);
  });

  it('keeps a second one of the same words', () => {
    const [first, second] = [entry('k1', 'c1', 'Hi'), entry('k2', 'c1', 'Hi')];
    expect(stillUnseen([first, second], [own('x', 'Hi')], 'm1')).toEqual([second]);
  });

  it('is not fooled by what was there before, by others or by customers', () => {
    const before = [own('x', 'Hi')];
    const pending = { ...entry('k1', 'c1', 'Hi'), knownIds: idsWithText(before, 'Hi', 'm1') };
    const messages = [
      ...before,
      { ...own('y', 'Hi'), member: { id: 'm2' } },
      { ...own('z', 'Hi'), direction: 'INBOUND' },
    ];
    expect(stillUnseen([pending], messages, 'm1')).toEqual([pending]);
  });

  it('knows files without words for what they are', () => {
    const files = { ...entry('k1', 'c1', ''), attachmentIds: ['f1'] };
    expect(stillUnseen([files], [{ ...own('x', ''), text: null }], 'm1')).toEqual([]);
  });

  it('shows one that waits for its time whatever else is there', () => {
    const waiting = { ...entry('k1', 'c1', 'Hi'), sendAt: Date.now() + 5_000 };
    expect(stillUnseen([waiting], [own('x', 'Hi')], 'm1')).toEqual([waiting]);
  });

  it('shows a refused one whatever else is there', () => {
    const refused = { ...entry('k1', 'c1', 'Hi'), failure: refusal };
    expect(stillUnseen([refused], [own('x', 'Hi')], 'm1')).toEqual([refused]);
  });
});
