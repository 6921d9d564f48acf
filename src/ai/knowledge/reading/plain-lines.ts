// Letters that no reader sees and a machine reads; but for the flags of England, Scotland and Wales, which are written so.
const unseenLetters =
  /(?<!\u{1f3f4}[\u{e0061}-\u{e007a}]{0,5})[\u{e0020}-\u{e007f}]|(?<=[\u{e0020}-\u{e007f}]{7})[\u{e0020}-\u{e007f}]/u;

/** One line as it is kept: single spaces, none of the marks that nobody sees. One that speaks past its readers is not kept. */
export function plainLine(text: string): string {
  if (unseenLetters.test(text)) return '';
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}]+/gu, (found) =>
      /^[\u200c\u200d]+$/.test(found) ? found : /[\s\p{Zs}]/u.test(found) ? ' ' : '',
    )
    .trim();
}

/** A text as it is split: lines ended alike, no run of spaces, no more than one empty line. */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029|\f/g, '\n')
    .split('\n')
    .map(plainLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** A line of a document whose headings are known: one that only looks like a heading is none. */
export function unmarkedLine(text: string): string {
  const line = plainLine(text).replace(/^#+\s*/, '');
  return /^[=-]{3,}$/.test(line) ? '' : line;
}
