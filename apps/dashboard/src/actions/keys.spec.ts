import { actions } from './actions.js';
import { chooseKey, chosenKeys, keyOf, pressed, problemWith, readKeys, resetKeys, shortcutOf } from './keys.js';

const press = (key: string, part: object = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...part });
const altGr = { getModifierState: (name: string) => name === 'AltGraph' };

describe('shortcutOf', () => {
  it.each([
    ['a letter', press('J'), false, true, 'j'],
    ['a letter while writing', press('j'), true, true, null],
    ['a letter when switched off', press('j'), false, false, null],
    ['Escape always', press('Escape'), true, false, 'Escape'],
    ['a chord while writing', press('k', { ctrlKey: true }), true, true, 'Mod+k'],
    ['a chord when letters are off', press('k', { ctrlKey: true }), false, false, 'Mod+k'],
    ['AltGr, which types letters', press('e', altGr), false, true, null],
    ['Ctrl+Alt, which types letters', press('e', { ctrlKey: true, altKey: true }), false, true, null],
    ['a letter under composition', press('k', { isComposing: true }), false, true, null],
    ['a named key', press('Tab'), false, true, null],
    ['the key of Windows', press('k', { metaKey: true }), false, true, null],
    ['ı, the key beside it', press('ı'), false, true, 'ı'],
    ['i with capitals locked on a Turkish keyboard', press('İ'), false, true, 'i'],
    ['an Arabic letter, by its place', press('ن', { code: 'KeyK' }), false, true, 'k'],
    ['a chord on an Arabic keyboard', press('ن', { code: 'KeyK', ctrlKey: true }), true, true, 'Mod+k'],
  ])('%s', (_name, key, inText, on, shortcut) => expect(shortcutOf(key, inText, on, false)).toBe(shortcut));

  it('takes Command on a Mac, where Control belongs to the text', () => {
    expect(shortcutOf(press('k', { metaKey: true }), true, true, true)).toBe('Mod+k');
    expect(shortcutOf(press('k', { ctrlKey: true }), true, true, true)).toBeNull();
  });
});

describe('keys that a person chooses', () => {
  afterEach(() => resetKeys());

  it.each([
    ['with Alt', press('x', { altKey: true }), { kind: 'alt' }],
    ['with AltGr', press('x', altGr), { kind: 'alt' }],
    ['with Ctrl+Alt', press('x', { ctrlKey: true, altKey: true }), { kind: 'alt' }],
    ['Tab', press('Tab'), { kind: 'named' }],
    ['space', press(' '), { kind: 'named' }],
    ['an arrow', press('ArrowDown'), { kind: 'named' }],
    ['Ctrl+Shift', press('K', { ctrlKey: true, shiftKey: true }), { kind: 'browser' }],
    ['a modifier alone', press('Shift', { shiftKey: true }), null],
  ])('cannot be %s', (_name, key, said) => expect(pressed(key, false)).toEqual(said));

  it('are not one that another action has', () => {
    expect(chooseKey('reply', 'e')).toEqual({ kind: 'taken', by: 'resolve' });
    expect(keyOf('reply')).toBe('r');
    expect(chooseKey('resolve', 'q')).toBeNull();
    expect(chooseKey('reply', 'e')).toBeNull();
    expect([keyOf('reply'), keyOf('resolve')]).toEqual(['e', 'q']);
    resetKeys();
    expect([keyOf('reply'), keyOf('resolve'), chosenKeys.get().size]).toEqual(['r', 'e', 0]);
  });

  it('can be none, and one for what had none', () => {
    expect(chooseKey('draft', null)).toBeNull();
    expect(chooseKey('view.mine', 'd')).toBeNull();
    expect([keyOf('draft'), keyOf('view.mine')]).toEqual([null, 'd']);
  });

  it.each(['Mod+c', 'Mod+v', 'Mod+w', 'Mod+t', 'Mod+r', 'Mod+p', 'Mod+1'])('leave %s to the browser', (key) =>
    expect(problemWith(key, 'reply', new Map())).toEqual({ kind: 'browser' }),
  );

  it('are read back as they were, two that changed places too', () => {
    const kept = readKeys('{"reply":"n","note":"r","view.mine":"Mod+m","draft":null}');
    expect(Object.fromEntries(kept)).toEqual({ reply: 'n', note: 'r', 'view.mine': 'Mod+m', draft: null });
  });

  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['a list', '["reply"]'],
    ['null', 'null'],
    ['an action that there is not', '{"explode":"x"}'],
    ['a key that is none', '{"reply":"Enter"}'],
    ['a number', '{"reply":1}'],
    ['what stays as it is', '{"back":"x","send":"y"}'],
  ])('%s in the storage changes nothing', (_name, stored) => expect(readKeys(stored).size).toBe(0));

  it('never leave two actions on one key, whatever the storage says', () => {
    for (const stored of ['{"reply":"e"}', '{"reply":"x","note":"x"}', '{"reply":"Mod+k","view.all":"j"}']) {
      const own = readKeys(stored);
      const keys = actions.map(({ id, key }) => (own.has(id) ? own.get(id) : key)).filter((key) => key != null);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});

describe('the keys that actions come with', () => {
  const given = actions.flatMap(({ key }) => (key === null ? [] : [key]));
  it('are each of one action', () => {
    expect(given.length).toBeGreaterThan(15);
    expect(new Set(given).size).toBe(given.length);
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
  });
  it('hold no Alt and no AltGr', () => expect(given.filter((key) => /alt/iu.test(key))).toEqual([]));
});
