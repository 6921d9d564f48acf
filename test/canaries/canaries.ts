import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Redis } from 'ioredis';

/** What kind of secret a canary stands for. */
export type Kind = 'token' | 'password' | 'address' | 'words';

export interface Canary {
  readonly what: string;
  readonly kind: Kind;
  readonly value: string;
  /** The part of it that is found nowhere else, in whatever form the rest is written. */
  readonly mark: string;
}

/** Values that are found nowhere else in the world, planted where secrets, addresses and customers' words go. */
export class Canaries {
  readonly all: Canary[] = [];

  /** A canary in the form of its kind; `form` writes it around its mark. */
  plant(what: string, kind: Kind, form: (mark: string) => string = (mark) => mark): string {
    // Letters alone, so that no change of case or escaping hides it, and 80 bits of them.
    const mark = [...randomBytes(20)].map((byte) => String.fromCharCode(97 + (byte % 16))).join('');
    const value = form(mark);
    this.all.push({ what, kind, value, mark });
    return value;
  }

  /** Something secret that the server itself made up. */
  found(what: string, kind: Kind, value: string): void {
    this.all.push({ what, kind, value, mark: value });
  }

  of(...kinds: readonly Kind[]): Canary[] {
    return this.all.filter(({ kind }) => kinds.includes(kind));
  }
}

/** Where a text holds a canary: plain, in any case, as hex, as Base64 at any offset, or with its letters escaped. */
export function sightings(canaries: readonly Canary[], where: string, text: string): string[] {
  const small = text.toLowerCase();
  return canaries
    .filter(({ mark }) =>
      forms(mark).some((form) => (form.exact ? text.includes(form.text) : small.includes(form.text))),
    )
    .map(({ what, mark }) => {
      const at = Math.max(small.indexOf(mark.toLowerCase()), 0);
      return `${where} holds ${what}: ${text.slice(Math.max(0, at - 60), at + mark.length + 20).replaceAll(/\s+/g, ' ')}`;
    });
}

function forms(mark: string): { text: string; exact: boolean }[] {
  const bytes = Buffer.from(mark);
  const base64 = [0, 1, 2].map((offset) => {
    // Without the characters that depend on what stands before and after.
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '');
    return { text: text.slice(offset === 0 ? 0 : offset + 1, -2), exact: true };
  });
  return [
    { text: mark.toLowerCase(), exact: false },
    { text: bytes.toString('hex'), exact: false },
    ...base64,
    ...base64.map(({ text }) => ({ text: text.replaceAll('+', '-').replaceAll('/', '_'), exact: true })),
  ];
}

/** Everything that a Redis database holds, keys and values. */
export async function redisDump(url: string): Promise<string> {
  const redis = new Redis(url, { maxRetriesPerRequest: 3 });
  try {
    const lines: string[] = [];
    for (const key of await redis.keys('*')) {
      const type = await redis.type(key);
      const value =
        type === 'string'
          ? await redis.get(key)
          : type === 'hash'
            ? await redis.hgetall(key)
            : type === 'list'
              ? await redis.lrange(key, 0, -1)
              : type === 'set'
                ? await redis.smembers(key)
                : type === 'zset'
                  ? await redis.zrange(key, 0, -1)
                  : await redis.xrange(key, '-', '+');
      lines.push(`${key} ${JSON.stringify(value)}`);
    }
    return lines.join('\n');
  } finally {
    redis.disconnect();
  }
}

/** What the Postgres of this run has logged. */
export async function postgresLog(): Promise<string> {
  const folder = process.env['PARLEY_TEST_FOLDER'] ?? '';
  const files = await readdir(folder, { recursive: true });
  const logs = files.filter((file) => /postgres-\w+\.log$/.test(file));
  if (logs.length === 0) throw new Error('Postgres has no log here.');
  return (await Promise.all(logs.map((file) => readFile(path.join(folder, file), 'utf8')))).join('\n');
}
