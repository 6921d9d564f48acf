/** How the server's words begin, by what is the matter; the reader's language has words of its own for each. */
export const troubles = {
  empty: 'It is empty.',
  kind: 'Files of this kind are not taken.',
  picture: 'This picture is broken',
  archive: 'It is an archive',
  room: 'There is no room for it.',
} as const;

/** What the server's words are about; null for words that are new here, which are shown as they are. */
export function troubleOf(words: string): keyof typeof troubles | null {
  return (Object.keys(troubles) as (keyof typeof troubles)[]).find((kind) => words.startsWith(troubles[kind])) ?? null;
}
