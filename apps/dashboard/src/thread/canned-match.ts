import { fold, inOrder } from '../ui/fold.js';

interface Canned {
  shortcut: string;
  text: string;
}

/** What a person looks for after a slash at the start, or null where they just write. */
export function cannedQuery(text: string): string | null {
  const match = /^\/([^\s/]*)$/u.exec(text);
  return match ? (match[1] ?? '') : null;
}

/** One of them as it is looked for; its text is folded when it is first looked into. */
interface Folded {
  readonly place: number;
  readonly shortcut: string;
  text: string | null;
}

// Thousands may be looked through at each key that is pressed: they are folded once, and stand in the order in which they are offered.
const indexes = new WeakMap<readonly Canned[], readonly Folded[]>();

function indexOf(all: readonly Canned[]): readonly Folded[] {
  const known =
    indexes.get(all) ??
    all
      .map(({ shortcut }, place): Folded => ({ place, shortcut: fold(shortcut.replace(/^\//u, '')), text: null }))
      .sort((a, b) => (a.shortcut < b.shortcut ? -1 : 1));
  indexes.set(all, known);
  return known;
}

/** The best few: shortcuts that begin so, then those that hold the letters in order, then texts that hold the words. */
export function matchCanned<C extends Canned>(all: readonly C[], query: string, most = 8): C[] {
  const wanted = fold(query);
  const begin: C[] = [];
  const inside: C[] = [];
  const said: C[] = [];
  for (const folded of indexOf(all)) {
    const canned = all[folded.place];
    if (canned === undefined) continue;
    if (folded.shortcut.startsWith(wanted)) begin.push(canned);
    else if (begin.length + inside.length >= most) continue;
    else if (inOrder(wanted, folded.shortcut)) inside.push(canned);
    else if (said.length < most && (folded.text ??= fold(canned.text)).includes(wanted)) said.push(canned);
    if (begin.length === most) break;
  }
  return [...begin, ...inside, ...said].slice(0, most);
}
