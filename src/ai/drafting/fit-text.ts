import type { Capabilities } from '../../channels/index.js';

/** Joins sentences up to what one message of the channel holds; a first sentence that is too long is cut at a word. */
export function fitText(
  sentences: readonly string[],
  { maxTextLength, textUnit }: Pick<Capabilities, 'maxTextLength' | 'textUnit'>,
): string {
  const size = (text: string): number => (textUnit === 'bytes' ? Buffer.byteLength(text) : [...text].length);
  let text = '';
  for (const sentence of sentences) {
    const longer = text === '' ? sentence : `${text} ${sentence}`;
    if (size(longer) > maxTextLength) break;
    text = longer;
  }
  const [first] = sentences;
  if (text !== '' || first === undefined) return text;
  let cut = [...first].slice(0, maxTextLength).join('');
  while (size(cut) > maxTextLength) cut = [...cut].slice(0, -1).join('');
  const word = cut.lastIndexOf(' ');
  return word > cut.length / 2 ? cut.slice(0, word) : cut;
}

/** Those of the sentences that the text, as `fitText` made it of them, has no room for. */
export function leftOut(sentences: readonly string[], text: string): readonly string[] {
  for (let count = sentences.length; count > 0; count -= 1)
    if (sentences.slice(0, count).join(' ') === text) return sentences.slice(count);
  // Even the first one was cut short.
  return sentences.slice(text === '' ? 0 : 1);
}
