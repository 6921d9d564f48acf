import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { migrationNames } from '../../platform/database/index.js';
import { ReadZip, ZipDamaged } from '../../platform/zip/index.js';
import { linesOf } from './lines-of.js';
import { MovingRefused } from './moving-refused.js';
import { type MovingManifest, type MovingPart, manifestName, movingFormat, movingManifest } from './moving-manifest.js';
import { carriedTables, columnsOf } from './ways.js';

const longestManifest = 100_000_000;
const filePath = /^files\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(-.*)?$/;

/** The file that a workspace travelled in, opened for reading. Everything in it is taken for hostile. */
export class MovingFile {
  private readonly missing: ReadonlySet<string>;

  private constructor(
    private readonly zip: ReadZip,
    readonly manifest: MovingManifest,
    /** Where files lie in it, by id. */
    readonly files: ReadonlyMap<string, string>,
  ) {
    this.missing = new Set(manifest.files.missing);
  }

  /** Opens it for work; throws MovingRefused for what no release of Parley wrote, or a later one did. */
  static async with<Result>(path: string, work: (file: MovingFile) => Promise<Result>): Promise<Result> {
    let zip: ReadZip | null = null;
    try {
      zip = await ReadZip.open(path);
      const manifest = await manifestIn(zip);
      return await work(new MovingFile(zip, manifest, filesIn(zip, manifest)));
    } catch (error) {
      if (error instanceof ZipDamaged)
        throw new MovingRefused(`The file cannot be trusted. ${error.message} Nothing was changed.`);
      throw error;
    } finally {
      await zip?.close();
    }
  }

  /** The rows of a table, one JSON text each; throws where they are not those that were written. */
  async *lines(table: string): AsyncGenerator<string> {
    const found = this.manifest.tables.find(({ name }) => name === table);
    let rows = 0;
    for (const part of found?.parts ?? [])
      for await (const line of linesOf(this.part(part))) {
        rows += 1;
        yield line;
      }
    if (rows !== (found?.rows ?? 0))
      throw damaged(`It holds ${String(rows)} rows of ${table}, and says that it holds others.`);
  }

  /** Reads a part that nothing is taken from, to see that it is as it was written. */
  async check(part: MovingPart): Promise<void> {
    for await (const _ of this.part(part));
  }

  /** The bytes of a stored file; null where they are not in it, or were damaged where it came from. */
  async file(id: string): Promise<Buffer | null> {
    const path = this.files.get(id);
    if (path === undefined || this.missing.has(id)) return null;
    return buffer(this.zip.content(path));
  }

  /** How many bytes the stored file would take. */
  sizeOf(id: string): number {
    return this.zip.entries.get(this.files.get(id) ?? '')?.size ?? 0;
  }

  private async *part({ path, bytes, sha256 }: MovingPart): AsyncGenerator<Buffer> {
    const digest = createHash('sha256');
    let size = 0;
    for await (const chunk of this.zip.content(path)) {
      digest.update(chunk);
      size += chunk.length;
      yield chunk;
    }
    if (size !== bytes || digest.digest('hex') !== sha256) throw damaged(`${path} in it is not what was written.`);
  }
}

async function manifestIn(zip: ReadZip): Promise<MovingManifest> {
  const listed = zip.entries.get(manifestName);
  if (listed === undefined || listed.size > longestManifest) throw damaged('It is no export of a workspace.');
  let said: unknown;
  try {
    said = JSON.parse((await buffer(zip.content(manifestName))).toString());
  } catch (error) {
    if (error instanceof ZipDamaged) throw error;
    throw damaged('What it says of itself cannot be read.');
  }
  requireReadable(said);
  const manifest = movingManifest.safeParse(said);
  if (!manifest.success) throw damaged('What it says of itself is not what Parley writes.');
  requireKnown(manifest.data);
  return manifest.data;
}

/** Looked at before anything else is: what else a later release writes is not known. */
function requireReadable(said: unknown): void {
  const { product, format } = (said ?? {}) as { product?: unknown; format?: unknown };
  if (product === 'Parley' && typeof format === 'number' && format > movingFormat)
    throw new MovingRefused(
      'The file was written by a later release of Parley, in a form that this one cannot read. Use that release, or a later one. Nothing was changed.',
    );
}

/** What a later release keeps has no place here, and would be lost without a word. */
function requireKnown({ migrations, tables }: MovingManifest): void {
  const later = migrations.filter((name) => !migrationNames.has(name));
  if (later.length > 0)
    throw new MovingRefused(
      'The file was written by a later release of Parley. Use that release, or a later one. Nothing was changed.',
    );
  const seen = new Set<string>();
  for (const { name, columns } of tables) {
    const way = carriedTables.get(name);
    if (way === undefined || seen.has(name))
      throw damaged(`It holds the table ${JSON.stringify(name.slice(0, 100))}, which does not travel.`);
    seen.add(name);
    const known = new Set(columnsOf(way));
    const foreign = columns.find((column) => !known.has(column));
    if (foreign !== undefined)
      throw damaged(`It holds the column ${JSON.stringify(foreign.slice(0, 100))} of ${name}, which does not travel.`);
  }
}

/** The stored files in it; refuses whatever else is there and named by nothing. */
function filesIn(zip: ReadZip, { tables, forPeople }: MovingManifest): Map<string, string> {
  const parts = [...tables.flatMap((table) => table.parts), ...forPeople].map(({ path }) => path);
  const named = new Set([manifestName, ...parts]);
  if (named.size !== parts.length + 1) throw damaged('It names one of its parts twice.');
  const files = new Map<string, string>();
  for (const path of zip.entries.keys()) {
    if (named.has(path)) continue;
    const id = filePath.exec(path)?.[1];
    if (id === undefined || files.has(id))
      throw damaged(`It holds ${JSON.stringify(path.slice(0, 100))}, which no release of Parley wrote.`);
    files.set(id, path);
  }
  return files;
}

function damaged(why: string): MovingRefused {
  return new MovingRefused(`The file cannot be trusted. ${why} Nothing was changed.`);
}
