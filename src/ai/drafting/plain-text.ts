const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  colon: ':',
  tab: ' ',
  newline: ' ',
  lpar: '(',
  rpar: ')',
};

const longest = 12_000;

/**
 * Makes plain text of what a model wrote: no markup, no pictures, no hidden or direction-changing characters, no address
 * that a program would run. Links stay as bare addresses; whether they may stay at all is the support check's to say.
 */
export function plainText(text: string): string {
  let current = text.normalize('NFC').slice(0, longest);
  // What is taken out may bring two halves of a tag together, so it goes on until nothing changes.
  for (let round = 0; round < 8; round += 1) {
    const next = strip(current);
    if (next === current) break;
    current = next;
  }
  return (
    current
      .replaceAll('<', '')
      // What stood behind it was no address that may stay, so it is the beginning of nothing.
      .replace(/!\[[^[\]]{0,200}\]/g, ' ')
      .replaceAll('](', '] (')
      .replace(/[ \t]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}

function strip(text: string): string {
  return (
    text
      .replace(
        /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));?/gi,
        (whole, decimal?: string, hex?: string, name?: string) => decoded(decimal, hex, name) ?? whole,
      )
      // Control, format, private and unassigned characters; line breaks and tabs stay, and so does the joiner inside emoji and Indic words.
      .replace(/(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, '')
      .replace(/<((?:https?:\/\/|mailto:)[^\s<>]{1,2000})>/gi, '$1')
      .replace(/<\/?[a-z!?][^<>]{0,4000}>/gi, ' ')
      .replace(/<\/?[a-z!?][^<>]*$/i, ' ')
      .replace(/!\[[^[\]]{0,200}\](?:\((?:[^()]|\([^()]{0,200}\)){0,1000}\)|\[[^[\]]{0,200}\])/g, ' ')
      .replace(/\[([^[\]]{1,200})\](?:\((?:[^()]|\([^()]{0,200}\)){0,1000}\)|\[[^[\]]{0,200}\])/g, '$1')
      .replace(/^\s{0,3}\[[^\]]{1,200}\]:\s.*$/gm, '')
      .replace(
        /\b(?:javascript|vbscript|data|blob|file|intent|filesystem|view-source|chrome|about|jar|ws|wss|ftp|smb)\s{0,5}:[^\s]{0,4000}/gi,
        ' ',
      )
      .replace(/^\s{0,3}(?:#{1,6}\s+|>\s?|```.*$|~~~.*$)/gm, '')
      .replace(/(\*\*|__|~~|`)(?=\S)([^\n]{1,2000}?)(?<=\S)\1/g, '$2')
  );
}

function decoded(decimal?: string, hex?: string, name?: string): string | null {
  if (name !== undefined) return entities[name.toLowerCase()] ?? null;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '';
}
