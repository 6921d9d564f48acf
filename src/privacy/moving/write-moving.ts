import { type WorkspaceTransaction, migrationNames, sql } from '../../platform/database/index.js';
import type { CarriedTable } from '../../platform/personal-data/index.js';
import type { ZipEntry } from '../../platform/zip/index.js';
import { csvLine } from '../access/csv.js';
import { pathOfFile } from '../access/path-of-file.js';
import { ChainInFile } from './chain-in-file.js';
import type { Leaving } from './export-workspace.js';
import { movingPage } from './moving-page.js';
import {
  type MovingManifest,
  type MovingPart,
  type MovingTable,
  manifestName,
  movingFormat,
  pageName,
} from './moving-manifest.js';
import { readRows, walk } from './read-rows.js';
import { Tally } from './tally.js';
import { carriedTables, columnsOf, whatStays } from './ways.js';

/** A part is ended behind this many bytes: no file of a zip may hold 4 GB. */
const partBytes = 500_000_000;
const saidRows = 20_000;

interface FileRow {
  readonly id: string;
  readonly name: string | null;
  readonly sha256: Buffer;
}

/** The entries of the file that a workspace travels in: its tables, its files, tables for people, a page, a manifest. */
export class WriteMoving {
  private readonly tables: MovingTable[] = [];
  private readonly forPeople: MovingPart[] = [];
  private readonly files = { count: 0, bytes: 0, missing: [] as string[] };
  private written: MovingManifest | null = null;
  private auditFollows: MovingManifest['auditFollows'] = null;
  /** What is wrong with the audit log, or null. The file is written all the same: nobody is kept here by it. */
  auditTrouble: string | null = null;

  constructor(
    private readonly tx: WorkspaceTransaction,
    private readonly leaving: Leaving,
    private readonly longestPart = partBytes,
  ) {}

  async *entries(): AsyncGenerator<ZipEntry> {
    this.auditFollows = await this.cutOfAudit();
    for (const [table, way] of carriedTables) yield* this.table(table, way);
    for await (const rows of this.fileRows()) for (const row of rows) yield* this.file(row);
    for (const [table, way] of carriedTables) if (way.forPeople === true) yield* this.tableForPeople(table, way);
    const manifest = await this.begunManifest();
    const page = new Tally();
    yield { name: pageName, content: page.of(only(movingPage(manifest))) };
    this.forPeople.push(page.end(pageName));
    this.written = { ...manifest, forPeople: this.forPeople };
    yield { name: manifestName, content: only(`${JSON.stringify(this.written, null, 2)}\n`) };
  }

  /** What was written, once all of it was. */
  get manifest(): MovingManifest {
    if (this.written === null) throw new Error('The file has not been written to its end.');
    return this.written;
  }

  private async *table(table: string, way: CarriedTable): AsyncGenerator<ZipEntry> {
    const batches = readRows(this.tx, table, way, this.leaving.secrets);
    const chain = table === 'audit_entries' ? new ChainInFile(this.auditFollows) : null;
    const parts: MovingPart[] = [];
    let rows = 0;
    let next = await batches.next();
    do {
      const path = `data/${table}${parts.length === 0 ? '' : `.${String(parts.length + 1)}`}.jsonl`;
      const tally = new Tally();
      const lines = async function* (this: WriteMoving): AsyncGenerator<string> {
        let bytes = 0;
        while (next.done !== true && bytes < this.longestPart) {
          const text = next.value.map((line) => `${line}\n`).join('');
          bytes += text.length;
          if (chain !== null) for (const line of next.value) this.follow(chain, line);
          const before = rows;
          rows += next.value.length;
          if (Math.floor(before / saidRows) < Math.floor(rows / saidRows))
            this.leaving.say(`${table}: ${String(rows)} rows so far`);
          yield text;
          next = await batches.next();
        }
      }.bind(this);
      yield { name: path, content: tally.of(lines()) };
      parts.push(tally.end(path));
    } while (next.done !== true);
    this.tables.push({ name: table, columns: [...columnsOf(way)], rows, parts });
    if (rows > 0) this.leaving.say(`${table}: ${String(rows)} rows`);
  }

  private async *tableForPeople(table: string, way: CarriedTable): AsyncGenerator<ZipEntry> {
    const path = `tables/${table}.csv`;
    const columns = columnsOf(way);
    const tally = new Tally();
    const lines = async function* (this: WriteMoving): AsyncGenerator<string> {
      // The mark in front tells table programs that it is UTF-8.
      yield `\uFEFF${csvLine(columns)}`;
      for await (const batch of readRows(this.tx, table, way, this.leaving.secrets)) {
        const rows = batch.map((line) => JSON.parse(line) as Record<string, unknown>);
        yield rows.map((row) => csvLine(columns.map((column) => row[column]))).join('');
      }
    }.bind(this);
    yield { name: path, content: tally.of(lines()) };
    this.forPeople.push(tally.end(path));
  }

  private fileRows(): AsyncGenerator<readonly FileRow[]> {
    return walk<FileRow, FileRow>(this.tx, sql`select id, name, sha256 from files order by files.id`, (rows) =>
      Promise.resolve(rows),
    );
  }

  private async *file({ id, name, sha256 }: FileRow): AsyncGenerator<ZipEntry> {
    const bytes = await this.leaving.files.read(this.tx.workspaceId, id).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    });
    if (bytes === null) {
      this.files.missing.push(id);
      return;
    }
    const path = pathOfFile({ id, name: name ?? '' });
    const tally = new Tally();
    yield { name: path, content: tally.of(bytes as AsyncIterable<Buffer>) };
    const part = tally.end(path);
    // Bytes that were damaged on the disk would keep the whole file from being taken in.
    if (part.sha256 !== sha256.toString('hex')) this.files.missing.push(id);
    this.files.count += 1;
    this.files.bytes += part.bytes;
    if (this.files.count % 1_000 === 0) this.leaving.say(`${String(this.files.count)} files`);
  }

  private follow(chain: ChainInFile, line: string): void {
    if (this.auditTrouble === null) this.auditTrouble = chain.follow(JSON.parse(line) as Record<string, unknown>);
  }

  private async cutOfAudit(): Promise<MovingManifest['auditFollows']> {
    const cut = await this.tx.first<{ seq: string; hash: Buffer }>(sql`
      select seq::text, hash from audit_checkpoints order by audit_checkpoints.seq desc limit 1`);
    return cut === null ? null : { seq: cut.seq, hash: cut.hash.toString('hex') };
  }

  private async begunManifest(): Promise<MovingManifest> {
    const workspace = await this.tx.first<{ name: string; at: Date }>(
      sql`select name, now() as at from workspaces where id = ${this.tx.workspaceId}`,
    );
    if (workspace === null) throw new Error('The workspace of an export is gone.');
    return {
      product: 'Parley',
      format: movingFormat,
      workspace: { id: this.tx.workspaceId, name: workspace.name },
      exportedAt: workspace.at.toISOString(),
      from: this.leaving.from,
      migrations: [...migrationNames],
      tables: this.tables,
      forPeople: this.forPeople,
      files: this.files,
      auditFollows: this.auditFollows,
      stays: whatStays(),
    };
  }
}

async function* only(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
