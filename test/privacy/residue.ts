import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { redisDump } from '../canaries/canaries.js';

/** A place that was searched, and what it holds. */
export interface Place {
  readonly where: string;
  readonly bytes: Buffer;
}

/** Every form in which somebody's words may lie about: as they are, encoded, escaped, and with two bytes a letter. */
export function formsOf(word: string): readonly { readonly form: string; readonly bytes: Buffer }[] {
  const bytes = Buffer.from(word);
  const wide = Buffer.from(word, 'utf16le');
  const json = JSON.stringify(word).slice(1, -1);
  const ascii = json.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const inner = [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replaceAll('=', '');
    // Without the letters that depend on what stands before and after.
    const own = text.slice(offset === 0 ? 0 : offset + 1, -2);
    return [
      { form: `base64 at ${String(offset)}`, text: own },
      { form: `base64url at ${String(offset)}`, text: own.replaceAll('+', '-').replaceAll('/', '_') },
    ];
  });
  const texts = [
    { form: 'as it is', text: word },
    { form: 'in small letters', text: word.toLowerCase() },
    { form: 'in JSON', text: json },
    { form: 'in JSON of ASCII', text: ascii },
    { form: 'in an address', text: encodeURIComponent(word) },
    { form: 'as hex', text: bytes.toString('hex') },
    { form: 'as hex in capitals', text: bytes.toString('hex').toUpperCase() },
    ...inner,
  ];
  return [
    ...texts.map(({ form, text }) => ({ form, bytes: Buffer.from(text) })),
    { form: 'UTF-16LE', bytes: wide },
    { form: 'UTF-16BE', bytes: Buffer.from(wide).swap16() },
    { form: 'UTF-16LE as hex', bytes: Buffer.from(wide.toString('hex')) },
  ];
}

/** Where any of the words is, in whatever form. */
export function residue(places: readonly Place[], words: readonly string[]): string[] {
  const forms = words.flatMap((word) => formsOf(word).map((one) => ({ word, ...one })));
  return places.flatMap(({ where, bytes }) =>
    forms
      .filter((one) => bytes.includes(one.bytes))
      .map(({ word, form, bytes: found }) => {
        const at = bytes.indexOf(found);
        return `${where} holds ${word} (${form}): ${bytes.subarray(Math.max(0, at - 80), at + 120).toString('latin1')}`;
      }),
  );
}

/** Every row of every table, as COPY writes it for the owner; what row security keeps even from the owner is noticed. */
export async function databaseDump(ownerUrl: string): Promise<Place[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`,
    );
    const places: Place[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      places.push({ where: `table ${name}`, bytes: Buffer.from(rows.map(({ row }) => row).join('\n')) });
    }
    return places;
  } finally {
    await client.end();
  }
}

/** Every file under a folder, by its name and its bytes. */
export async function filesIn(folder: string): Promise<Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const places = await Promise.all(
    files.map(async (file) => {
      // One that has its last name, or is gone, by now.
      const bytes = await readFile(file).catch(() => null);
      if (bytes === null) return null;
      return { where: `file ${path.relative(folder, file)}`, bytes: Buffer.concat([Buffer.from(`${file}\n`), bytes]) };
    }),
  );
  return places.filter((place) => place !== null);
}

/** Everything in Redis. */
export async function redisPlace(url: string): Promise<Place> {
  return { where: 'Redis', bytes: Buffer.from(await redisDump(url)) };
}
