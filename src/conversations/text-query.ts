const maxWords = 8;
const maxWord = 60;

/**
 * What somebody typed, as Postgres's `to_tsquery` takes it: every word must occur, the last one may go on. Null where
 * nothing was typed that could be found. Words are quoted, so nothing in them is an operator.
 */
export function textQuery(typed: string): string | null {
  const chunks = typed
    .slice(0, 400)
    .replaceAll('\u0000', ' ')
    .toWellFormed()
    .split(/\s+/u)
    .filter((chunk) => /[\p{L}\p{N}]/u.test(chunk))
    .slice(0, maxWords);
  if (chunks.length === 0) return null;
  return chunks
    .map((chunk, index) => chunkQuery(chunk.slice(0, maxWord).toWellFormed(), index === chunks.length - 1))
    .join(' & ');
}

/**
 * The same for people: a number is found however it is grouped, with or without what stands before it abroad and at home.
 * Null where nothing was typed that could be found.
 */
export function contactQuery(typed: string): string | null {
  const words = textQuery(typed);
  const digits = /^[\d\s()+./-]{4,40}$/u.test(typed.trim()) ? typed.replace(/\D/gu, '').replace(/^0{1,2}/u, '') : '';
  return words !== null && digits.length >= 3 ? `${quoted(digits, true)} | (${words})` : words;
}

/** An address or a number stands in the index as one word, everything else by its parts: either will do. */
function chunkQuery(chunk: string, last: boolean): string {
  const words = chunk.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  const parts = words.map((word, index) => quoted(word, last && index === words.length - 1)).join(' & ');
  return words.length === 1 && words[0] === chunk ? parts : `(${quoted(chunk, last)} | (${parts}))`;
}

function quoted(word: string, prefix: boolean): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'${prefix ? ':*' : ''}`;
}
