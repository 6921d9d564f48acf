import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createHash } from 'node:crypto';
import pg from 'pg';
import { AuditCheckpoints, AuditHeads, AuditLog, VerifyAudit } from '../../src/platform/audit/index.js';
import { Config, loadEnvironment } from '../../src/platform/config/index.js';
import { newId, openSystemDatabase } from '../../src/platform/database/index.js';
import { type FileStore, openFileStore } from '../../src/platform/files/index.js';
import { OutgoingClient } from '../../src/platform/http/index.js';
import { KeyRing, Secrets } from '../../src/platform/secrets/index.js';
import { type ZipEntry, writeZip } from '../../src/platform/zip/index.js';
import { type ExportedWorkspace, exportWorkspace } from '../../src/privacy/moving/export-workspace.js';
import { type ImportedWorkspace, importWorkspace } from '../../src/privacy/moving/import-workspace.js';
import type { MovingManifest } from '../../src/privacy/moving/moving-manifest.js';
import { TwoInboxes } from '../isolation/two-inboxes.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { unzip } from '../support/zip.js';

type Open = Awaited<ReturnType<typeof openSystemDatabase>>;

/** A deployment without a server: a database, keys and a place for files. */
export class Deployment {
  readonly said: string[] = [];

  private constructor(
    readonly ownerUrl: string,
    readonly sql: pg.Client,
    readonly config: Config,
    readonly ring: KeyRing,
    readonly open: Open,
    readonly heads: AuditHeads,
    readonly files: FileStore,
    private readonly close: () => Promise<void>,
  ) {}

  /** An empty one, with keys of its own and a person who has an account and has confirmed its address. */
  static async empty(ownerEmail: string): Promise<Deployment> {
    const database = await createTestDatabase();
    const dataDir = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'moving-'));
    const { environment, secrets } = loadEnvironment({ NODE_ENV: 'test', DATA_DIR: dataDir });
    const config = new Config(environment, secrets, database.appUrl, null);
    const deployment = await Deployment.on(database, config, () => database.drop());
    await deployment.sql.query(
      `insert into users (id, email, name, password_hash, email_verified_at) values ($1, $2, 'Olga Owner', 'none', now())`,
      [newId(), ownerEmail],
    );
    return deployment;
  }

  /** The one of a server that runs. */
  static async on(
    { appUrl, ownerUrl }: Pick<TestDatabase, 'appUrl' | 'ownerUrl'>,
    config: Config,
    close: () => Promise<void> = () => Promise.resolve(),
  ): Promise<Deployment> {
    const sql = new pg.Client({ connectionString: ownerUrl });
    await sql.connect();
    const ring = new KeyRing(config);
    const http = new OutgoingClient(config);
    const open = await openSystemDatabase(appUrl);
    return new Deployment(
      ownerUrl,
      sql,
      config,
      ring,
      open,
      new AuditHeads(config, ring),
      openFileStore(config, http, ring),
      async () => {
        await sql.end();
        await open.close();
        await http.onApplicationShutdown();
        await close();
      },
    );
  }

  async stop(): Promise<void> {
    await this.heads.flush();
    await this.close();
  }

  get secrets(): Secrets {
    return new Secrets(this.ring);
  }

  async export(workspaceId: string, file: string): Promise<ExportedWorkspace> {
    const { workspaces } = this.open;
    return exportWorkspace(
      workspaceId,
      {
        workspaces,
        audit: new AuditLog(this.heads),
        secrets: this.secrets,
        files: this.files,
        from: 'https://old.example',
        say: (line) => this.said.push(line),
      },
      (bytes) => pipeline(Readable.from(bytes), createWriteStream(file)),
    );
  }

  async import(
    file: string,
    owner: string | null,
    say: (line: string) => void = () => undefined,
    files: Pick<FileStore, 'putBack' | 'removeAll'> = this.files,
  ): Promise<ImportedWorkspace> {
    const { system, workspaces } = this.open;
    const imported = await importWorkspace(file, owner, {
      system,
      workspaces,
      audit: new AuditLog(this.heads),
      checkpoints: new AuditCheckpoints(this.ring),
      secrets: this.secrets,
      files,
      say,
    });
    await this.heads.flush();
    return imported;
  }

  /** Walks the audit log of a workspace with the keys and heads of this deployment. */
  async audit(workspaceId: string) {
    const { system, workspaces } = this.open;
    const checkpoints = new AuditCheckpoints(this.ring);
    return new VerifyAudit(workspaces, system, checkpoints, this.heads).verify(workspaceId);
  }

  async rows(text: string, ...values: unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.sql.query<Record<string, unknown>>(text, values)).rows;
  }

  /** Whatever lies in the place of files. */
  async storedNames(): Promise<string[]> {
    const folder = fileURLToPath(this.config.storageUrl);
    const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return names.filter((name) => name.isFile()).map(({ name }) => name);
  }
}

/** A file that was taken apart, to be put together again otherwise. */
export class TakenApart {
  private constructor(
    readonly entries: Map<string, Buffer>,
    readonly manifest: MovingManifest,
  ) {}

  static async of(file: string): Promise<TakenApart> {
    const entries = unzip(await readFile(file));
    return new TakenApart(entries, JSON.parse(entries.get('manifest.json')?.toString() ?? '') as MovingManifest);
  }

  rowsOf(table: string): Record<string, unknown>[] {
    const lines = this.entries.get(`data/${table}.jsonl`)?.toString().split('\n').slice(0, -1) ?? [];
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  setRows(table: string, rows: readonly Record<string, unknown>[]): void {
    this.setText(table, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  }

  /** The text of a table's part, with the digests and counts that it needs to be believed. */
  setText(table: string, text: string): void {
    const body = Buffer.from(text);
    const path = `data/${table}.jsonl`;
    this.entries.set(path, body);
    const found = this.manifest.tables.find(({ name }) => name === table);
    if (found === undefined) return;
    const sha256 = createHash('sha256').update(body).digest('hex');
    Object.assign(found, { rows: text.split('\n').length - 1, parts: [{ path, bytes: body.length, sha256 }] });
  }

  async write(file: string): Promise<string> {
    this.entries.delete('manifest.json');
    this.entries.set('manifest.json', Buffer.from(JSON.stringify(this.manifest)));
    const entries = async function* (this: TakenApart): AsyncGenerator<ZipEntry> {
      for (const [name, body] of this.entries) yield { name, content: only(body) };
      await Promise.resolve();
    }.bind(this);
    await writeFile(file, await buffer(Readable.from(writeZip(entries()))));
    return file;
  }
}

async function* only(body: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(body);
}

/** A deployment with a furnished workspace, an empty one, and the file in which the workspace moves from one to the other. */
export class Move {
  private constructor(
    readonly inboxes: TwoInboxes,
    readonly old: Deployment,
    readonly there: Deployment,
    /** Of the spec alone. */
    readonly folder: string,
    readonly file: string,
  ) {}

  /** `owner` has an account on the empty one. Nothing was exported yet. */
  static async prepare(owner: string): Promise<Move> {
    const inboxes = await TwoInboxes.start();
    const { database, app } = inboxes.story.app;
    const old = await Deployment.on(database, app.get(Config));
    const there = await Deployment.empty(owner);
    const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'move-'));
    const { sql } = inboxes.story;
    await sql.query('update erasures set completed_at = now() where completed_at is null');
    // What the fixture made up: a checkpoint that cuts nothing.
    await sql.query('delete from audit_checkpoints');
    return new Move(inboxes, old, there, folder, path.join(folder, 'whole.zip'));
  }

  async stop(): Promise<void> {
    await this.there.stop();
    await this.old.stop();
    await this.inboxes.stop();
  }
}
