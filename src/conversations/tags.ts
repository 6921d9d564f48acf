import { cleanInput } from '../platform/database/index.js';
import { badInput } from '../platform/errors/index.js';

/** The most labels that one thing has. */
export const maxTags = 20;
const maxTag = 50;

/** Labels as they are kept: trimmed, without empty ones and repeats, in the order given. `field` names the argument. */
export function cleanTags(tags: readonly string[], field = 'tags'): string[] {
  const cleaned = [...new Set(tags.map((tag) => cleanInput(tag).replace(/\s+/gu, ' ')))].filter((tag) => tag !== '');
  if (cleaned.length > maxTags)
    throw badInput(field, `At most ${String(maxTags)} tags, please.`, 'TOO_MANY', { most: String(maxTags) });
  if (cleaned.some((tag) => [...tag].length > maxTag))
    throw badInput(field, `A tag has at most ${String(maxTag)} characters.`, 'TOO_LONG', { most: String(maxTag) });
  return cleaned;
}

/** Whether two lists hold the same, in the same order. */
export function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
