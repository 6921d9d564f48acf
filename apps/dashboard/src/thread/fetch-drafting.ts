import { withWords } from '../i18n/index.js';
import type * as drafting from './drafting.js';
import { part } from '../ui/part.js';

/** A part of drafting: the inbox does not wait for it. */
export function draftingPart<Name extends keyof typeof drafting>(name: Name) {
  return part(async () => {
    const parts = await withWords(import('./drafting.js'));
    return { default: parts[name] };
  });
}
