import { cleanInput } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';

const longestWish = 1_000;

/** What a member wants of a draft, in their own words; null for nothing. Throws for what is too long. */
export function wishOf(instruction: string | null): string | null {
  const wish = cleanInput(instruction ?? '');
  if (wish.length > longestWish)
    throw badInput('instruction', `Use at most ${String(longestWish)} characters.`, 'TOO_LONG', {
      most: String(longestWish),
    });
  return wish === '' ? null : wish;
}
