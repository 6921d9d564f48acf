import { maskDetails } from './mask-details.js';

/** A customer's words as they may be kept apart from them: without addresses and numbers of people, and without their name. */
export function withoutDetails(text: string, name: string | null): string {
  const { text: masked } = maskDetails(text);
  return namesOf(name).reduce((left, word) => left.replaceAll(word, '[name]'), masked);
}

function namesOf(name: string | null): readonly string[] {
  const parts = (name ?? '').split(/\s+/u).filter((part) => part.length > 2);
  return [name ?? '', ...parts].filter((part) => part.trim() !== '');
}
