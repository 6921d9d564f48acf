interface Canned {
  shortcut: string;
  text: string;
}

/** What a person looks for after a slash at the start, or null where they just write. */
export function cannedQuery(text: string): string | null {
  const match = /^\/([^\s/]*)$/u.exec(text);
  return match ? (match[1] ?? '') : null;
}

/** The best few: shortcuts that begin so, then those that hold the letters in order, then texts that hold the words. */
export function matchCanned<C extends Canned>(all: readonly C[], query: string, most = 8): C[] {
  const wanted = fold(query);
  const scored = all.flatMap((canned) => {
    const shortcut = fold(canned.shortcut.replace(/^\//u, ''));
    const score = shortcut.startsWith(wanted)
      ? 0
      : inOrder(wanted, shortcut)
        ? 1
        : fold(canned.text).includes(wanted)
          ? 2
          : 3;
    return score < 3 ? [{ canned, score, shortcut }] : [];
  });
  return scored
    .sort((a, b) => a.score - b.score || (a.shortcut < b.shortcut ? -1 : 1))
    .slice(0, most)
    .map(({ canned }) => canned);
}

/** Case and accents fold, and so do the four Turkish i's: iade, İADE and ıade find the same reply. */
function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ı', 'i');
}

function inOrder(letters: string, text: string): boolean {
  let place = 0;
  for (const letter of letters) {
    place = text.indexOf(letter, place) + 1;
    if (place === 0) return false;
  }
  return true;
}
