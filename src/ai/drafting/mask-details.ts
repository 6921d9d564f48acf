import { replaceDetails } from './details-in-text.js';

/**
 * Takes addresses and numbers of people out of a text for good; says which kinds it took. What stands in `published` is the
 * business's own. Where they are to come back in an answer, `HiddenDetails` keeps them.
 */
export function maskDetails(
  text: string,
  published = '',
): { readonly text: string; readonly masked: readonly string[] } {
  const masked = new Set<string>();
  const left = replaceDetails(text, (kind, detail) => {
    if (published.includes(detail)) return detail;
    masked.add(kind);
    return `[${kind}]`;
  });
  return { text: left, masked: [...masked] };
}
