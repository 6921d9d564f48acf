/** The text of bytes: by their mark, by what was said of them, by what they say themselves, else as most are written. */
export function decodeText(body: Uint8Array, contentType: string | null): string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const named = charsetOf(contentType) ?? charsetOf(bytes.subarray(0, 2_048).toString('latin1'));
  for (const label of [markOf(bytes), named, 'utf-8']) {
    const text = label === null ? null : decoded(bytes, label);
    if (text !== null) return text;
  }
  // What is no UTF-8 and says nothing of itself is an old page or table; of these, Turkish ones hold all of Latin too.
  return decoded(bytes, 'windows-1254') ?? '';
}

/** Whether bytes are a text at all: none of the control characters of other files. */
export function isText(body: Uint8Array): boolean {
  const start = body.subarray(0, 4_096);
  if (markOf(Buffer.from(start)) !== null) return true;
  return !start.some((byte) => byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32));
}

function markOf(bytes: Buffer): string | null {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return 'utf-8';
  if (bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]))) return 'utf-16le';
  return bytes.subarray(0, 2).equals(Buffer.from([0xfe, 0xff])) ? 'utf-16be' : null;
}

function charsetOf(words: string | null): string | null {
  const found =
    /charset\s*=\s*["']?\s*([\w:.-]{2,40})/i.exec(words ?? '') ??
    /encoding\s*=\s*["']([\w:.-]{2,40})/i.exec(words ?? '');
  return found?.[1] ?? null;
}

/** Null where the label is unknown, or the bytes are not so. */
function decoded(bytes: Buffer, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
