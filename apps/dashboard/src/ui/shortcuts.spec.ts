import { shortcutOf } from './shortcuts.js';

const press = (key: string, part: object = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...part });

describe('shortcutOf', () => {
  it.each([
    ['a letter', press('J'), false, true, 'j'],
    ['a letter while writing', press('j'), true, true, null],
    ['a letter when switched off', press('j'), false, false, null],
    ['Escape always', press('Escape'), true, false, 'Escape'],
    ['a browser chord', press('r', { ctrlKey: true }), false, true, null],
    [
      'AltGr, which types letters',
      press('e', { getModifierState: (name: string) => name === 'AltGraph' }),
      false,
      true,
      null,
    ],
    ['Ctrl+Alt, which types letters', press('e', { ctrlKey: true, altKey: true }), false, true, null],
    ['a letter under composition', press('k', { isComposing: true }), false, true, null],
    ['a named key', press('Tab'), false, true, null],
  ])('%s', (_name, key, inText, on, shortcut) => expect(shortcutOf(key, inText, on)).toBe(shortcut));
});
