import { ComposerTexts } from './composer-texts.js';
import { fileHref, shownHref } from './file-address.js';
import { tagsOf } from './tags.js';

function memory() {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}

describe('ComposerTexts', () => {
  it('keeps text and its draft through a reload, and nothing once it is sent', () => {
    const store = memory();
    new ComposerTexts(store, 'n').write('c1', { text: 'half a', draftId: 'd1' });
    const reloaded = new ComposerTexts(store, 'n');
    expect(reloaded.read('c1')).toEqual({ text: 'half a', draftId: 'd1' });
    // The server has to hear that it is empty; then nothing is left of it.
    reloaded.write('c1', { text: '' });
    expect(reloaded.unsaved()).toEqual(['c1']);
    reloaded.markSaved('c1');
    expect(store.held.size).toBe(0);
  });

  it('lets the oldest go when there are too many', () => {
    const texts = new ComposerTexts(memory(), 'n');
    for (let number = 0; number < 101; number++) texts.write(`c${number}`, { text: 'x' });
    expect(texts.read('c0').text).toBe('');
    expect(texts.read('c100').text).toBe('x');
  });

  it('forgets an erased conversation', () => {
    const store = memory();
    const texts = new ComposerTexts(store, 'n');
    texts.write('c1', { text: 'secret' });
    texts.forget('c1');
    expect([...store.held.values()].join()).not.toContain('secret');
  });
});

describe('fileHref', () => {
  it('reads a path against this server and refuses other schemes', () => {
    expect(fileHref('/files/1?signature=x', 'http://localhost:3000')).toBe('http://localhost:3000/files/1?signature=x');
    expect(fileHref('http://localhost:3000/files/1?signature=x', 'http://127.0.0.1:3000')).toBe(
      'http://127.0.0.1:3000/files/1?signature=x',
    );
    expect(fileHref('https://cdn.example/a.png', 'http://localhost:3000')).toBe('https://cdn.example/a.png');
    expect(fileHref('javascript:alert(1)', 'http://localhost:3000')).toBeNull();
    expect(fileHref(null, 'http://localhost:3000')).toBeNull();
  });

  it('takes nothing else on this server for a file', () => {
    const origin = 'http://localhost:3000';
    for (const address of [
      '<svg onload=x>',
      '/graphiql',
      '?a',
      '/files/../exports/audit.jsonl',
      `${origin}/admin`,
      '//localhost:3000/x',
    ])
      expect([address, fileHref(address, origin)]).toEqual([address, null]);
  });

  it('lets a page show what lies on this server, and nothing else', () => {
    const origin = 'http://localhost:3000';
    expect(shownHref('/files/1?signature=x', origin)).toBe(`${origin}/files/1?signature=x`);
    for (const address of [
      'https://cdn.example/a.png',
      '//cdn.example/a.png',
      'http://localhost:30001/a.png',
      'x',
      null,
    ])
      expect([address, shownHref(address, origin)]).toEqual([address, null]);
  });
});

describe('tagsOf', () => {
  it('cuts at commas, trims and shows each once', () => {
    expect(tagsOf(' vip, iade ,vip,,  ')).toEqual(['vip', 'iade']);
  });
});
