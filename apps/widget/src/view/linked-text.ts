import { el } from './element.js';

const address = /\bhttps?:\/\/[^\s<>"'`]+/giu;
/** Belongs to the sentence, not to the address. */
const trailing = /[.,;:!?)\]}»”’]+$/u;

/** Text as it was written, with addresses of the web as links; nothing else in it means anything. */
export function linkedText(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const end = trailing.exec(match[0])?.[0] ?? '';
    // A bracket that the address itself opens is its own.
    const kept = end.startsWith(')') && match[0].includes('(') ? end.slice(1) : end;
    const shown = match[0].slice(0, match[0].length - kept.length);
    const url = URL.parse(shown);
    if (url === null || url.hostname === '') continue;
    parts.push(text.slice(at, match.index));
    parts.push(el('a', { href: url.href, target: '_blank', rel: 'noopener nofollow noreferrer', textContent: shown }));
    at = match.index + shown.length;
  }
  parts.push(text.slice(at));
  return parts.filter((part) => part !== '');
}
