import { fillIn, reasonFinder } from '../../../platform/errors/index.js';
import { type ReadingReason, readingWords } from './reading-words.js';

/** What is said of something that could not be read. */
export function readingSentence(reason: ReadingReason, values: Readonly<Record<string, string>> = {}): string {
  return fillIn(readingWords[reason], values);
}

/** The reason behind what a source has on record; null where nothing is wrong. */
export const readingReasonOf = reasonFinder(readingWords);
