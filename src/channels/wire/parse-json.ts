/** What one webhook body may be made of; a legal WhatsApp batch has some 19,000 keys and few values besides. */
export const jsonLimits = { depth: 64, keys: 40_000, values: 60_000, digits: 16 } as const;

/** A body that is not taken as JSON. The message holds nothing of the body. */
export class UnreadableJson extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnreadableJson';
  }
}

const quote = 0x22,
  backslash = 0x5c,
  colon = 0x3a,
  comma = 0x2c,
  minus = 0x2d,
  dot = 0x2e;

/**
 * Parses JSON from outside: depth and number of keys and values are checked before anything is built, and whole numbers of
 * 16 digits and more become strings, because ids exceed what a JavaScript number keeps. `__proto__` is a key like any other.
 */
export function parseJson(body: Buffer): unknown {
  const long = scan(body);
  try {
    return JSON.parse(long.length === 0 ? body.toString() : quoted(body, long));
  } catch {
    throw new UnreadableJson('it is not JSON');
  }
}

/** Walks the bytes once. Gives where long whole numbers stand: start and end, start and end. */
function scan(body: Buffer): number[] {
  const long: number[] = [];
  let depth = 0;
  let keys = 0;
  let values = 1;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    if (byte === quote) at = endOfString(body, at);
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > jsonLimits.depth)
        throw new UnreadableJson(`it is nested deeper than ${String(jsonLimits.depth)} levels`);
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    else if (byte === colon) {
      keys += 1;
      if (keys > jsonLimits.keys) throw new UnreadableJson(`it has more than ${String(jsonLimits.keys)} keys`);
    } else if (byte === comma) {
      values += 1;
      if (values > jsonLimits.values) throw new UnreadableJson(`it has more than ${String(jsonLimits.values)} values`);
    } else if (byte === minus || isDigit(byte)) {
      const end = endOfNumber(body, at);
      if (end - at >= jsonLimits.digits && isWhole(body, at, end)) long.push(at, end);
      at = end - 1;
    }
  }
  return long;
}

function endOfString(body: Buffer, start: number): number {
  let at = start + 1;
  while (at < body.length && body[at] !== quote) at += body[at] === backslash ? 2 : 1;
  return at;
}

function endOfNumber(body: Buffer, start: number): number {
  let at = start + 1;
  for (; at < body.length; at += 1) {
    const byte = body[at] ?? 0;
    const partOfNumber =
      isDigit(byte) || byte === dot || byte === minus || byte === 0x2b || byte === 0x65 || byte === 0x45;
    if (!partOfNumber) break;
  }
  return at;
}

function isWhole(body: Buffer, start: number, end: number): boolean {
  for (let at = body[start] === minus ? start + 1 : start; at < end; at += 1) if (!isDigit(body[at] ?? 0)) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function quoted(body: Buffer, long: readonly number[]): string {
  const parts: string[] = [];
  let from = 0;
  for (let index = 0; index < long.length; index += 2) {
    const start = long[index] ?? 0;
    const end = long[index + 1] ?? 0;
    parts.push(body.toString('utf8', from, start), '"', body.toString('utf8', start, end), '"');
    from = end;
  }
  parts.push(body.toString('utf8', from));
  return parts.join('');
}
