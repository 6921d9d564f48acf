import { jest } from '@jest/globals';
import { ComposerTexts } from './composer-texts.js';
import { DraftKeeper, type ServerDraft } from './draft-keeper.js';

function memory() {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}

/** One person's drafts on the server, and how it behaves. */
function server() {
  const drafts = new Map<string, ServerDraft>();
  const saves: string[] = [];
  const state = { outcome: 'saved' as 'saved' | 'later' | 'gone', hold: null as Promise<void> | null };
  return {
    drafts,
    saves,
    state,
    read: (id: string) => Promise.resolve(drafts.get(id) ?? null),
    async save(id: string, draft: ServerDraft) {
      saves.push(draft.text);
      await state.hold;
      if (state.outcome === 'saved') {
        if (draft.text || draft.files.length) drafts.set(id, draft);
        else drafts.delete(id);
      }
      return state.outcome;
    },
  };
}

function device(on: ReturnType<typeof server>, store = memory()) {
  const texts = new ComposerTexts(store, 'composer');
  return { store, texts, keeper: new DraftKeeper(texts, on) };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());
const after = (ms: number) => jest.advanceTimersByTimeAsync(ms);

describe('what stands in a composer', () => {
  it('is on the server within two seconds of the last key', async () => {
    const there = server();
    const { keeper } = device(there);
    for (const text of ['M', 'Me', 'Mer']) {
      keeper.write('c1', { text });
      await after(100);
    }
    expect(there.saves).toEqual([]);
    await after(1_900);
    expect(there.drafts.get('c1')?.text).toBe('Mer');
    expect(there.saves).toEqual(['Mer']);
  });

  it('is saved while somebody types without a pause', async () => {
    const there = server();
    const { keeper } = device(there);
    for (let key = 1; key <= 50; key++) {
      keeper.write('c1', { text: 'x'.repeat(key) });
      await after(100);
    }
    expect(there.saves.length).toBeGreaterThanOrEqual(2);
    expect(there.saves.length).toBeLessThanOrEqual(4);
  });

  it('is saved at once where somebody leaves, and only once', async () => {
    const there = server();
    const { keeper } = device(there);
    keeper.write('c1', { text: 'half a' });
    await Promise.all([keeper.flush(), keeper.flush('c1')]);
    await after(10_000);
    expect(there.saves).toEqual(['half a']);
  });

  it('goes from the server when it is emptied or sent', async () => {
    const there = server();
    const { keeper, texts } = device(there);
    keeper.write('c1', { text: 'gone soon' });
    await after(2_000);
    keeper.write('c1', { text: '' });
    await after(2_000);
    expect(there.drafts.has('c1')).toBe(false);
    expect(texts.unsaved()).toEqual([]);
  });

  it('survives a crash before it was saved, and goes up then', async () => {
    const there = server();
    const first = device(there);
    first.keeper.write('c1', { text: 'typed a moment ago' });
    first.keeper.stop();
    const second = device(there, first.store);
    expect(second.texts.read('c1').text).toBe('typed a moment ago');
    await second.keeper.flush();
    expect(there.drafts.get('c1')?.text).toBe('typed a moment ago');
  });

  it('is tried again where no answer came', async () => {
    const there = server();
    const { keeper } = device(there);
    there.state.outcome = 'later';
    keeper.write('c1', { text: 'on the train' });
    await after(2_000);
    there.state.outcome = 'saved';
    await after(6_000);
    expect(there.drafts.get('c1')?.text).toBe('on the train');
  });

  it('is not tried in vain where the conversation is gone, and stays here', async () => {
    const there = server();
    const { keeper, texts } = device(there);
    there.state.outcome = 'gone';
    keeper.write('c1', { text: 'to nobody' });
    await after(60_000);
    expect(there.saves).toHaveLength(1);
    expect(texts.read('c1').text).toBe('to nobody');
  });

  it('is saved again where it changed while it was on its way', async () => {
    const there = server();
    const { keeper } = device(there);
    let arrive = () => {};
    there.state.hold = new Promise((resolve) => (arrive = resolve));
    keeper.write('c1', { text: 'first' });
    await after(1_000);
    keeper.write('c1', { text: 'first and second' });
    await after(1_000);
    arrive();
    await after(2_000);
    expect(there.saves).toEqual(['first', 'first and second']);
    expect(there.drafts.get('c1')?.text).toBe('first and second');
  });
});

describe('what was written on another device', () => {
  it('is found when the conversation is opened', async () => {
    const there = server();
    const [desk, phone] = [device(there), device(there)];
    desk.keeper.write('c1', { text: 'begun at the desk', files: [{ id: 'f1', name: 'price list.pdf' }] });
    await after(2_000);
    const heard: string[] = [];
    phone.keeper.watch('c1', ({ text }) => heard.push(text) > 0);
    await phone.keeper.refresh('c1');
    expect(phone.texts.read('c1')).toMatchObject({
      text: 'begun at the desk',
      files: [{ id: 'f1', name: 'price list.pdf' }],
    });
    expect(heard).toEqual(['begun at the desk']);
  });

  it('goes here too when it was sent there', async () => {
    const there = server();
    const { keeper, texts } = device(there);
    keeper.write('c1', { text: 'sent from the phone' });
    await after(2_000);
    keeper.take('c1', null);
    expect(texts.read('c1').text).toBe('');
  });

  it('never replaces what is typed here and not saved yet: that is newer, and wins', async () => {
    const there = server();
    const [desk, phone] = [device(there), device(there)];
    phone.keeper.write('c1', { text: 'from the phone' });
    await after(2_000);
    desk.keeper.write('c1', { text: 'typed just now' });
    desk.keeper.take('c1', { text: 'from the phone', files: [] });
    expect(desk.texts.read('c1').text).toBe('typed just now');
    await after(2_000);
    expect(there.drafts.get('c1')?.text).toBe('typed just now');
    phone.keeper.take('c1', there.drafts.get('c1') ?? null);
    expect(phone.texts.read('c1').text).toBe('typed just now');
  });

  it('does not change under the caret of somebody who writes', async () => {
    const there = server();
    const { keeper, texts } = device(there);
    keeper.write('c1', { text: 'writing on' });
    await after(2_000);
    const unwatch = keeper.watch('c1', () => false);
    keeper.take('c1', { text: 'from elsewhere', files: [] });
    expect(texts.read('c1').text).toBe('writing on');
    unwatch();
    keeper.take('c1', { text: 'from elsewhere', files: [] });
    expect(texts.read('c1').text).toBe('from elsewhere');
  });

  it('does not take back what is on its way up', async () => {
    const there = server();
    const { keeper, texts } = device(there);
    there.state.hold = new Promise(() => undefined);
    keeper.write('c1', { text: 'on its way' });
    await after(1_000);
    keeper.take('c1', { text: 'older', files: [] });
    expect(texts.read('c1').text).toBe('on its way');
  });
});
