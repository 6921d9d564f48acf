import { around, hitsIn } from './highlight.js';

/** A text with what was looked for marked in it; each piece is a text node, whatever stands in it. */
export function Highlighted({ text, query }: { text: string; query: string }) {
  return hitsIn(around(text, query), query).map((piece, index) =>
    piece.hit ? <mark key={index}>{piece.text}</mark> : piece.text,
  );
}
