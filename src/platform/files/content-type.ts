import path from 'node:path';

/** What bytes are where nothing tells. */
export const unknownType = 'application/octet-stream';

/** Types that several names are in use for, by the one that is used here. */
const sameAs: Readonly<Record<string, string>> = {
  'audio/x-m4a': 'audio/mp4',
  'image/apng': 'image/png',
  'image/heic-sequence': 'image/heic',
  'image/heif': 'image/heic',
  'image/heif-sequence': 'image/heic',
};
/** Old office files share one container; the name says which of them it is, and all are downloads alike. */
const inOldContainer: Readonly<Record<string, string>> = {
  '.doc': 'application/msword',
  '.ppt': 'application/vnd.ms-powerpoint',
  '.xls': 'application/vnd.ms-excel',
};
const texts: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.ics': 'text/calendar',
  '.vcf': 'text/vcard',
};

/**
 * The type of a file by what its bytes are, never by what it is called: the name only tells apart what is harmless alike.
 * Text that begins as a page or a drawing does is one, whatever stands before its first mark.
 */
export async function contentTypeOf(body: Buffer, name: string | null): Promise<string> {
  // Loaded with the first file: a start needs it not.
  const { fileTypeFromBuffer } = await import('file-type');
  const found = (await fileTypeFromBuffer(body).catch(() => undefined))?.mime.split(';', 1)[0];
  const extension = path.extname(name ?? '').toLowerCase();
  if (found === 'application/x-cfb') return inOldContainer[extension] ?? found;
  if (found === 'application/xml' || found === 'text/xml') return markupType(body.toString('latin1'));
  if (found !== undefined) return sameAs[found] ?? found;
  const text = textOf(body);
  if (text === null) return unknownType;
  if (/^[\s\uFEFF]*</.test(text)) return markupType(text);
  return texts[extension] ?? 'text/plain';
}

/** Markup is what a browser could run: a page unless it is certainly something else. */
function markupType(text: string): string {
  return /<svg[\s>]/i.test(text.slice(0, 4_096)) ? 'image/svg+xml' : 'text/html';
}

/** The text of bytes that are one, and hold no control characters but those of texts. */
function textOf(body: Buffer): string | null {
  if (body.length === 0 || body.length > 5_000_000) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return /[\0-\x08\x0b\x0e-\x1f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}
