/** How the characters of a table can be written down, by the names that a decoder knows them by. */
export const tableEncodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1254',
  'windows-1252',
  'windows-1256',
] as const;
export type TableEncoding = (typeof tableEncodings)[number];

/** So much of a file tells which of the two bytes of each character is empty. */
const looked = 8_192;
const mostEmpty = 0.3;

/**
 * How a table is written: by its mark, by where its zeros stand, as UTF-8 where all of it is. What is none of these is an old
 * table; of those, Turkish ones hold all of Latin too. Null: this is no text at all.
 */
export async function encodingOf(chunks: AsyncIterable<Buffer>): Promise<TableEncoding | null> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let start = Buffer.alloc(0);
  let known: TableEncoding | null | undefined;
  let isUtf8 = true;
  for await (const chunk of chunks) {
    if (known === undefined) {
      start = Buffer.concat([start, chunk]);
      if (start.length >= looked) known = byStart(start);
      if (known !== undefined) return known;
    }
    isUtf8 = isUtf8 && takes(utf8, chunk);
  }
  known ??= byStart(start);
  if (known !== undefined) return known;
  return isUtf8 && takes(utf8) ? 'utf-8' : 'windows-1254';
}

/** The text of bytes as they come: well-formed, without a mark before it, each line ended by one line feed. */
export async function* decoded(chunks: AsyncIterable<Buffer>, encoding: TableEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let held = '';
  for await (const chunk of chunks) {
    const text = held + decoder.decode(chunk, { stream: true });
    // The line feed that follows may be in the next chunk.
    held = text.endsWith('\r') ? '\r' : '';
    yield plain(held === '' ? text : text.slice(0, -1));
  }
  yield plain(held + decoder.decode());
}

function plain(text: string): string {
  return text.replaceAll('\u0000', '').replaceAll(/\r\n?/g, '\n').toWellFormed();
}

function byStart(start: Buffer): TableEncoding | null | undefined {
  if (start.length === 0) return null;
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const [even, odd] = emptyBytes(start.subarray(0, looked));
  if (odd > mostEmpty && even < odd / 10) return 'utf-16le';
  if (even > mostEmpty && odd < even / 10) return 'utf-16be';
  return isText(start.subarray(0, looked)) ? undefined : null;
}

/** Which parts of the first and of the second bytes of pairs are zero. */
function emptyBytes(bytes: Buffer): [number, number] {
  let [even, odd] = [0, 0];
  for (let place = 0; place < bytes.length; place += 1) {
    if (bytes[place] !== 0) continue;
    if (place % 2 === 0) even += 1;
    else odd += 1;
  }
  const pairs = Math.max(1, Math.floor(bytes.length / 2));
  return [even / pairs, odd / pairs];
}

/** A stray zero is let through and taken out; what is full of control characters is another kind of file. */
function isText(bytes: Buffer): boolean {
  const odd = bytes.filter((byte) => byte < 9 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32)).length;
  return (
    odd <= bytes.length / 200 + 2 &&
    !/^(?:%PDF-|PK\u0003\u0004|GIF8|\u0089PNG|ÿØÿ|\u007fELF|MZ)/.test(bytes.subarray(0, 8).toString('latin1'))
  );
}

function takes(decoder: InstanceType<typeof TextDecoder>, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}
