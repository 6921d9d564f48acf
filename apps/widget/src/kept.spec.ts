import { Kept } from './kept.js';

/** A browser's storage, or one that refuses. */
class Storage {
  readonly entries = new Map<string, string>();
  blocked = false;
  getItem = (name: string) => this.use().entries.get(name) ?? null;
  setItem = (name: string, value: string) => void this.use().entries.set(name, value);
  removeItem = (name: string) => void this.use().entries.delete(name);

  private use(): this {
    if (this.blocked) throw new Error('Access is denied for this document.');
    return this;
  }
}

const unsent = [{ key: 'k', text: 'not sent, yet', attachments: [], at: '2026-01-01T00:00:00Z' }];

describe('what a browser keeps of a chat', () => {
  let storage: Storage;
  beforeEach(() => {
    storage = new Storage();
    Object.assign(globalThis, { localStorage: storage });
  });
  afterAll(() => void delete (globalThis as { localStorage?: unknown }).localStorage);

  it('is there again, in one entry, and the page is told no more than that', () => {
    const kept = new Kept('pk', true, '');
    expect(kept.forPage).toBe('');
    kept.set({ token: 'secret', unsent });
    expect([...storage.entries.keys()]).toEqual(['parley:pk']);
    expect(kept.forPage).toBe('own');
    expect(new Kept('pk', true, kept.forPage).now).toMatchObject({ token: 'secret', unsent });
    expect(new Kept('pk_other', true, '').now.token).toBeNull();
  });

  it('is with the page where the frame has no storage', () => {
    storage.blocked = true;
    const kept = new Kept('pk', true, '');
    kept.set({ token: 'secret', unsent, read: 'm1', draft: 'half a sent' });
    // One entry of commas holds it there.
    expect(kept.forPage).not.toContain(',');
    expect(kept.forPage).not.toContain('half');
    expect(new Kept('pk', true, kept.forPage).now).toMatchObject({ token: 'secret', unsent, read: 'm1' });
    kept.set({ unsent: Array.from({ length: 20 }, () => ({ ...unsent[0]!, text: 'x'.repeat(5_000) })) });
    expect(kept.forPage.length).toBeLessThanOrEqual(20_000);
    expect(new Kept('pk', true, kept.forPage).now.token).toBe('secret');
  });

  it('is nothing without consent, also of what was kept before [promise 13]', () => {
    new Kept('pk', true, '').set({ token: 'secret' });
    const kept = new Kept('pk', false, 'own');
    expect([kept.now.token, storage.entries.size]).toEqual([null, 0]);
    kept.set({ token: 'another' });
    expect([kept.forPage, storage.entries.size, kept.now.token]).toEqual(['', 0, 'another']);
  });

  it('is gone when it is cleared, and does not come back empty', () => {
    const kept = new Kept('pk', true, '');
    kept.set({ token: 'secret' });
    kept.clear();
    kept.set({ unsent: [], draft: '' });
    expect(storage.entries.size).toBe(0);
  });

  it('is what another page of the site has written since', () => {
    const [one, other] = [new Kept('pk', true, ''), new Kept('pk', true, '')];
    one.set({ token: 'new' });
    other.set({ read: 'm2' });
    expect([other.now.token, one.refresh().read]).toEqual(['new', 'm2']);
  });

  it('begins anew where something else stands there', () => {
    for (const wrong of ['', '{', 'null', '7', '"text"', '[]']) {
      storage.entries.set('parley:pk', wrong);
      expect([wrong, new Kept('pk', true, '%').now.token]).toEqual([wrong, null]);
    }
  });
});
