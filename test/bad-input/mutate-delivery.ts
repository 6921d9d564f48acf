import { brokenTexts, oddKeys, oddNumbers, oddTexts, wrongKinds } from './bad-values.js';
import { Members, Raw, rawJson } from './raw-json.js';
import type { Random } from './seed.js';

const mostBytes = 3_000_000;

type Path = readonly (string | number)[];

/** A delivery made from a real one, and in words what was done to it. */
export interface BadDelivery {
  readonly what: string;
  readonly body: Buffer;
}

/** Changes one to three places of a real delivery; sometimes its bytes as well. */
export function mutateDelivery(random: Random, real: unknown): BadDelivery {
  let body = structuredClone(real);
  const done: string[] = [];
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    const path = random.pick(pathsOf(body));
    const [what, next] = changed(random, body, path);
    body = next;
    done.push(`${what} at ${path.join('.') || 'the top'}`);
  }
  const text = rawJson(body);
  const [how, bytes] = random.chance(0.1) ? inBytes(random, text) : [null, Buffer.from(text)];
  if (how !== null) done.push(how);
  // What is larger is refused before anyone reads it, and is a case of its own.
  return { what: done.join(', then '), body: bytes.subarray(0, mostBytes) };
}

/** Every place of a value, but for what is raw already. */
function pathsOf(value: unknown, here: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || value instanceof Raw || value instanceof Members) return [here];
  return [here, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...here, key]))];
}

function changed(random: Random, body: unknown, path: Path): [string, unknown] {
  const last = path.at(-1);
  const kinds = ['wrong kind', 'text', 'number', 'broken text', 'missing', 'extra', 'repeated', 'twice', 'wrapped'];
  const kind = random.pick(kinds);
  switch (kind) {
    case 'text': {
      const [name, text] = random.pick(Object.entries(oddTexts));
      return [`text (${name})`, replaced(body, path, () => text)];
    }
    case 'number':
      return [kind, replaced(body, path, () => random.pick(oddNumbers))];
    case 'broken text':
      return [kind, replaced(body, path, () => random.pick(brokenTexts))];
    case 'missing':
      return last === undefined
        ? [kind, null]
        : [kind, replaced(body, path.slice(0, -1), (parent) => without(parent, last))];
    case 'extra': {
      const key = random.pick(oddKeys);
      const value = random.pick(wrongKinds);
      return [`extra ${JSON.stringify(key).slice(0, 20)}`, replaced(body, path, (at) => withMember(at, key, value))];
    }
    case 'repeated': {
      const times = random.pick([2, 3, 50]);
      return [`repeated ${String(times)}x`, replaced(body, path, (at) => repeated(at, times))];
    }
    case 'twice':
      return [kind, replaced(body, path, (at) => keyTwice(random, at))];
    case 'wrapped':
      return [kind, replaced(body, path, (at) => (random.chance(0.5) ? [at] : { value: at }))];
    default:
      return [kind, replaced(body, path, () => random.pick(wrongKinds))];
  }
}

function replaced(value: unknown, path: Path, change: (at: unknown) => unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === String(first) ? replaced(item, rest, change) : item));
  if (typeof value !== 'object' || value === null || value instanceof Raw || value instanceof Members) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === first ? replaced(inner, rest, change) : inner]),
  );
}

function without(parent: unknown, key: string | number): unknown {
  if (Array.isArray(parent)) return parent.filter((_, index) => String(index) !== String(key));
  if (!isPlain(parent)) return parent;
  return Object.fromEntries(Object.entries(parent).filter(([name]) => name !== key));
}

function withMember(at: unknown, key: string, value: unknown): unknown {
  if (Array.isArray(at)) return [...(at as unknown[]), value];
  return isPlain(at) ? new Members([...Object.entries(at), [key, value]]) : value;
}

function repeated(at: unknown, times: number): unknown {
  return Array.isArray(at)
    ? Array.from({ length: times }, () => at as unknown[]).flat()
    : Array.from({ length: times }, () => at);
}

function keyTwice(random: Random, at: unknown): unknown {
  if (!isPlain(at)) return at;
  const entries = Object.entries(at);
  const key = entries.length === 0 ? 'id' : (random.pick(entries)[0] ?? 'id');
  return new Members([...entries, [key, random.pick(wrongKinds)]]);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Raw) &&
    !(value instanceof Members)
  );
}

function inBytes(random: Random, text: string): [string, Buffer] {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length + 1);
  const insert = (part: Buffer) => Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
  switch (random.below(8)) {
    case 0:
      return ['cut off', bytes.subarray(0, at)];
    case 1:
      return ['with a raw NUL', insert(Buffer.from([0]))];
    case 2:
      return ['with bytes that are not UTF-8', insert(Buffer.from([0xff, 0xc0, 0xaf, 0xed, 0xa0, 0x80]))];
    case 3:
      return ['with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes])];
    case 4:
      return ['in UTF-16', Buffer.from(text, 'utf16le')];
    case 5:
      return ['with something after it', Buffer.concat([bytes, Buffer.from('}]x')])];
    case 6: {
      const flipped = Buffer.from(bytes);
      if (at < flipped.length) flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
      return ['with a bit turned', flipped];
    }
    default:
      return ['with spaces and line ends', Buffer.from(text.replaceAll(',', ' ,\r\n\t'))];
  }
}
