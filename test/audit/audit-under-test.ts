import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { AuditCheckpoints, AuditHeads, AuditLog, VerifyAudit } from '../../src/platform/audit/index.js';
import { Config, loadEnvironment } from '../../src/platform/config/index.js';
import { type Workspaces, newId, openSystemDatabase } from '../../src/platform/database/index.js';
import { KeyRing } from '../../src/platform/secrets/index.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

/** The audit log by itself, on a database of its own, with the folder in which its heads are kept. */
export class AuditUnderTest {
  private constructor(
    readonly database: TestDatabase,
    readonly folder: string,
    /** The owner's connection: it may do what the server may not. */
    readonly sql: pg.Client,
    readonly workspaces: Workspaces,
    readonly heads: AuditHeads,
    readonly checkpoints: AuditCheckpoints,
    readonly verification: VerifyAudit,
    private readonly close: () => Promise<void>,
  ) {}

  static async start(): Promise<AuditUnderTest> {
    const database = await createTestDatabase();
    const { system, workspaces, close } = await openSystemDatabase(database.appUrl);
    const sql = new pg.Client({ connectionString: database.ownerUrl });
    await sql.connect();
    const folder = await mkdtemp(path.join(process.env['PARLEY_TEST_FOLDER'] ?? '', 'audit-'));
    const { environment, secrets } = loadEnvironment({ NODE_ENV: 'test', DATA_DIR: folder });
    const config = new Config(environment, secrets, database.appUrl, null);
    const ring = new KeyRing(config);
    const heads = new AuditHeads(config, ring);
    const checkpoints = new AuditCheckpoints(ring);
    const verification = new VerifyAudit(workspaces, system, checkpoints, heads);
    return new AuditUnderTest(database, folder, sql, workspaces, heads, checkpoints, verification, close);
  }

  async stop(): Promise<void> {
    await this.heads.flush();
    await this.close();
    await this.sql.end();
    await this.database.drop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A workspace in which so much was done. */
  async workspaceWith(count: number): Promise<string> {
    const id = newId();
    await this.sql.query(`insert into workspaces (id, name) values ($1, 'Audited')`, [id]);
    await this.sql.query('insert into workspace_counters (workspace_id) values ($1)', [id]);
    await this.add(id, count);
    return id;
  }

  /** So many entries more. */
  async add(workspaceId: string, count: number): Promise<void> {
    const log = new AuditLog(this.heads);
    await this.workspaces.run(workspaceId, async (tx) => {
      for (let n = 0; n < count; n += 1) {
        const detail = n % 3 === 0 ? { z: n, a: { y: [1, 'two', null], b: true }, at: new Date(0).toISOString() } : {};
        const target = newId();
        log.record(tx, {
          actor: 'system',
          action: `test.act-${String(n)}`,
          target,
          origin: { ip: '192.0.2.1' },
          detail,
        });
      }
      await Promise.resolve();
    });
    await this.heads.flush();
  }

  /** Removes one batch of what is older than so many days. */
  prune(workspaceId: string, days = 30): Promise<{ gone: number; more: boolean }> {
    return this.workspaces.run(workspaceId, (tx) => this.checkpoints.prune(tx, days));
  }

  /** The first broken link; null for a log that is whole. */
  async brokenIn(workspaceId: string): Promise<{ seq: string; reason: string } | null> {
    return (await this.verification.verify(workspaceId))?.broken ?? null;
  }
}
