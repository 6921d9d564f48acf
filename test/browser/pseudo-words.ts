import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import inbox from '../../apps/dashboard/src/i18n/en/index.js';
import customer from '../../apps/dashboard/src/i18n/en/customer.js';
import elsewhere from '../../apps/dashboard/src/i18n/en/elsewhere.js';
import { root } from './dashboard.js';

interface Words {
  readonly [key: string]: string | Words;
}

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'ê',
  i: 'ï',
  o: 'ø',
  u: 'ü',
  y: 'ÿ',
  c: 'ç',
  n: 'ñ',
  s: 'š',
  z: 'ž',
  A: 'Å',
  E: 'É',
  I: 'Î',
  O: 'Ø',
  U: 'Û',
  C: 'Ç',
  N: 'Ñ',
  S: 'Š',
};

/** A text in a language that nobody speaks: each word accented, two fifths longer, in brackets. What is filled in stays. */
export function pseudo(text: string): string {
  const parts = text.split(/(\{\{.*?\}\}|<[^>]+>|\$t\(.*?\))/u);
  const strange = parts.map((part, place) =>
    place % 2 === 1 ? part : [...part].map((letter) => accents[letter] ?? letter).join(''),
  );
  const length = parts.filter((_part, place) => place % 2 === 0).join('').length;
  // In words, as another language would be: they may stand on two lines.
  const more = ' ñøçh'.repeat(Math.ceil((length * 0.4) / 5));
  return `⟦${strange.join('')}${more}⟧`;
}

function pseudoWords(words: Words): Words {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [key, typeof value === 'string' ? pseudo(value) : pseudoWords(value)]),
  );
}

/** Gives a person's pages the words of that language in the place of English. */
export async function speakPseudo(context: BrowserContext): Promise<void> {
  const folder = path.join(root, 'dist/dashboard/assets');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js'));
  const written = await Promise.all(
    files.map(async (file) => [file, await readFile(path.join(folder, file), 'utf8')] as const),
  );
  for (const [prefix, words, sign] of [
    ['en-', inbox, inbox.action.tryAgain],
    ['elsewhere-', elsewhere, elsewhere.knowledge.emptyHint],
    ['customer-', customer, customer.contacts.noMatchHint],
  ] as const) {
    const [file, ...others] = written.filter(([name, text]) => name.startsWith(prefix) && text.includes(sign));
    if (!file || others.length > 0) throw new Error(`The words of ${prefix} stand in ${String(others.length)} files.`);
    await context.route(`**/assets/${file[0]}`, (route) =>
      route.fulfill({
        contentType: 'text/javascript',
        body: `export default ${JSON.stringify(pseudoWords(words))};`,
      }),
    );
  }
}

/**
 * What stands on a page and did not come from the catalog: seen in the page. What customers, members and operators wrote is
 * marked by its own direction, and so are names and ids; what Intl writes is known by its words.
 */
export const untranslated = (known: readonly string[]): string => `(() => {
  const known = ${JSON.stringify([...known].sort((one, other) => other.length - one.length))};
  const dates = [...'012345678901'].flatMap((_, month) => ['long', 'short'].map((style) =>
    new Intl.DateTimeFormat('en-GB', { month: style }).format(Date.UTC(2026, month, 15))))
    .concat([...'0123456'].flatMap((_, day) => ['long', 'short'].map((style) =>
      new Intl.DateTimeFormat('en-GB', { weekday: style }).format(Date.UTC(2026, 5, 15 + day)))));
  const languages = new Intl.DisplayNames(['en-GB'], { type: 'language' });
  const names = ['en', 'tr', 'ar', 'de', 'es', 'fr', 'it', 'nl', 'pt', 'ru'].map((tag) => languages.of(tag));
  // Units of time, places of time zones, and what stands on keys.
  const intl = new RegExp('\\\\b(?:' + [...dates, ...names, 'sec', 'min', 'hr', 'Ctrl'].join('|') + ')\\\\b|\\\\b[A-Z][a-z]+(?:/[A-Za-z0-9_ +-]+)+', 'gu');
  // A message in which others are filled in is bracketed from end to end.
  const left = (text) => {
    let rest = text;
    for (let before = ''; before !== rest; ) {
      before = rest;
      rest = rest.replace(/⟦[^⟦⟧]*⟧/gu, ' ');
    }
    for (const word of known) rest = rest.replaceAll(word, ' ');
    rest = rest.replace(intl, ' ');
    return /\\p{L}{2,}/u.test(rest) ? rest.replace(/\\s+/gu, ' ').trim() : null;
  };
  const theirs = 'bdi, [dir=auto], code, kbd, time, .avatar, .channel-badge, svg, script, style, noscript, [lang]:not(html)';
  const blocks = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    let block = node.parentElement;
    if (!/\\p{L}/u.test(node.textContent) || block.closest(theirs)) continue;
    if (block.closest('option') === null && !block.checkVisibility({ visibilityProperty: true })) continue;
    // A sentence may be made of several elements.
    while (getComputedStyle(block).display.startsWith('inline') && block.parentElement && block.localName !== 'option') block = block.parentElement;
    blocks.add(block);
  }
  const found = [];
  for (const block of blocks) {
    const copy = block.cloneNode(true);
    for (const one of copy.querySelectorAll(theirs)) one.replaceWith(' ');
    const rest = left(copy.textContent);
    if (rest) found.push(block.localName + '.' + block.className + ': ' + rest.slice(0, 120));
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
      const value = element.getAttribute(name);
      const rest = value && !(name === 'title' && element.localName === 'time') ? left(value) : null;
      if (rest) found.push(element.localName + '[' + name + ']: ' + rest.slice(0, 120));
    }
  }
  return [...new Set(found)];
})()`;
