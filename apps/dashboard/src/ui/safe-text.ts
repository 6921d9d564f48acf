const schemes = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The address if it may be followed, else null. What customers, models and platforms write is hostile until shown otherwise. */
export function safeHref(address: string | null | undefined): string | null {
  if (!address) return null;
  try {
    const url = new URL(address);
    return schemes.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export interface TextPart {
  text: string;
  href?: string;
}

// Only explicit addresses become links: guessing from "name.tld" would link what nobody meant as a link.
const address = /\b(?:https?:\/\/|mailto:|tel:)[^\s<>"']+/giu;
const trailing = /[.,;:!?)\]}»”’]+$/u;

/** Cuts text into plain parts and links of the allowed schemes. The parts joined are the text again. */
export function linkParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const word = match[0].replace(trailing, '');
    const href = safeHref(word);
    if (!href) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: word, href });
    end = match.index + word.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
