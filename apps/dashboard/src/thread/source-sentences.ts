import { fold } from '../ui/fold.js';

const wordsIn = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]{2,}/gu) ?? [];

/** A passage in its sentences; `used` are those whose words stand in the text that rests on it. */
export function sentencesOfPassage(passage: string, text: string): { text: string; used: boolean }[] {
  const said = new Set(wordsIn(text));
  const parts = passage.split(/(?<=[.!?…؟]\s+|\n+)(?=\S)/u);
  return parts.map((part) => {
    const words = wordsIn(part);
    const held = words.filter((word) => said.has(word)).length;
    return { text: part, used: words.length > 1 && held / words.length >= 0.6 };
  });
}
