/**
 * What two writings of a word have in common: case and accents fold, and so do the four Turkish i's (iade, İADE and ıade are
 * one) and the letters that Arabic is written with more or less carefully.
 */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}\u0640]/gu, '')
    .replaceAll('ı', 'i')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه');
}

/** Whether the letters stand in the text in this order, with others between them. */
export function inOrder(letters: string, text: string): boolean {
  let place = 0;
  for (const letter of letters) {
    place = text.indexOf(letter, place) + 1;
    if (place === 0) return false;
  }
  return true;
}

/**
 * How well a text answers what was typed: 0 is best, null is not at all. Each word that was typed has to be found: at the
 * start of the text, of one of its words, inside one, or as letters in order.
 */
export function fits(typed: string, text: string): number | null {
  const folded = fold(text);
  const words = folded.split(/[^\p{L}\p{N}]+/u);
  let sum = 0;
  for (const wanted of fold(typed).split(/\s+/u).filter(Boolean)) {
    const one = folded.startsWith(wanted)
      ? 0
      : words.some((word) => word.startsWith(wanted))
        ? 1
        : folded.includes(wanted)
          ? 2
          : wanted.length > 1 && words.some((word) => inOrder(wanted, word))
            ? 4
            : null;
    if (one === null) return null;
    sum += one;
  }
  return sum;
}
