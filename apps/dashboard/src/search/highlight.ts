import { fold } from '../ui/fold.js';

export interface TextPiece {
  text: string;
  hit: boolean;
}

/** What is looked for, word by word, as it would be written without case and accents. */
function wantedWords(query: string): string[] {
  return fold(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** The text without case and accents, and where each letter of it stands in the text as it was written. */
function foldedWithPlaces(text: string): { folded: string; places: number[] } {
  let folded = '';
  const places: number[] = [];
  let place = 0;
  for (const letter of text) {
    // One letter may become several, or none: an accent that stands by itself.
    const plain = fold(letter);
    for (let index = 0; index < plain.length; index++) places.push(place);
    folded += plain;
    place += letter.length;
  }
  places.push(text.length);
  return { folded, places };
}

/** Cuts a text where words begin as one of those that were looked for. The pieces joined are the text again. */
export function hitsIn(text: string, query: string): TextPiece[] {
  const wanted = wantedWords(query);
  const { folded, places } = foldedWithPlaces(text);
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const { 0: word, index } of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    const found = wanted.filter((one) => word.startsWith(one)).sort((a, b) => b.length - a.length)[0];
    if (found === undefined) continue;
    const from = places[index] ?? 0;
    const to = places[index + found.length] ?? text.length;
    if (from < end || to <= from) continue;
    if (from > end) pieces.push({ text: text.slice(end, from), hit: false });
    pieces.push({ text: text.slice(from, to), hit: true });
    end = to;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), hit: false });
  return pieces;
}

/** The part of a long text around its first hit. */
export function around(text: string, query: string, most = 180): string {
  if (text.length <= most) return text;
  const pieces = hitsIn(text, query);
  const first = pieces.findIndex(({ hit }) => hit);
  const place = pieces.slice(0, Math.max(first, 0)).reduce((sum, piece) => sum + piece.text.length, 0);
  if (place < most * 0.6) return `${text.slice(0, most).trimEnd()}…`;
  // From a word's beginning on.
  const from = text.indexOf(' ', Math.max(0, place - most / 3)) + 1;
  const start = from > 0 && from <= place ? from : place;
  const end = start + most;
  return `…${text.slice(start, end).trim()}${end < text.length ? '…' : ''}`;
}
