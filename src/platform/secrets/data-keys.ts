import { type KeyObject, createSecretKey, randomBytes } from 'node:crypto';
import { type WorkspaceTransaction, newId, sql } from '../database/index.js';
import { type KeyRing, keyIdOf } from './key-ring.js';

/** A workspace's own key. */
export interface DataKey {
  readonly id: string;
  readonly key: KeyObject;
}

interface KeyRow {
  readonly id: string;
  readonly wrapped: Buffer;
}

const cacheSize = 1_000;

/** The data keys of workspaces, each wrapped by the deployment's key. Participants. */
export class DataKeys {
  private readonly cache = new Map<string, DataKey>();
  private readonly taken = new WeakMap<WorkspaceTransaction, DataKey>();

  constructor(private readonly ring: KeyRing) {}

  /**
   * The key that encrypts, made where there is none yet. It is locked until the transaction ends: a rotation that drops it
   * waits, and then sees what was encrypted with it.
   */
  async current(tx: WorkspaceTransaction): Promise<DataKey> {
    const taken = this.taken.get(tx);
    if (taken !== undefined) return taken;
    const found = await tx.first<KeyRow>(
      sql`select id, wrapped from workspace_keys order by created_at desc, id desc limit 1 for key share`,
    );
    const dataKey = found === null ? await this.make(tx) : this.open(tx.workspaceId, found);
    this.taken.set(tx, dataKey);
    return dataKey;
  }

  /** The key that a ciphertext names. */
  async byId(tx: WorkspaceTransaction, id: string): Promise<DataKey> {
    const cached = this.cache.get(`${tx.workspaceId}|${id}`);
    if (cached !== undefined) return cached;
    const found = await tx.first<KeyRow>(sql`select id, wrapped from workspace_keys where id = ${id}`);
    if (found === null) throw new Error('The data key of this ciphertext is gone.');
    return this.open(tx.workspaceId, found);
  }

  /** A new key, with which everything is encrypted from now on. */
  async make(tx: WorkspaceTransaction): Promise<DataKey> {
    const id = newId();
    const key = randomBytes(32);
    const wrapped = this.ring.wrap(key, context(tx.workspaceId, id));
    await tx.execute(
      sql`insert into workspace_keys (workspace_id, id, wrapped) values (${tx.workspaceId}, ${id}, ${wrapped})`,
    );
    return { id, key: createSecretKey(key) };
  }

  /** Wraps by the deployment's first key what another one wrapped; gives how many, and which could not be opened. */
  async rewrap(tx: WorkspaceTransaction): Promise<{ readonly done: number; readonly unopened: readonly string[] }> {
    const rows = await tx.query<KeyRow>(sql`select id, wrapped from workspace_keys order by id`);
    const unopened: string[] = [];
    let done = 0;
    for (const { id, wrapped } of rows) {
      if (keyIdOf(wrapped) === this.ring.currentId) continue;
      try {
        const fresh = this.ring.wrap(
          this.ring.unwrap(wrapped, context(tx.workspaceId, id)),
          context(tx.workspaceId, id),
        );
        await tx.execute(sql`update workspace_keys set wrapped = ${fresh} where id = ${id}`);
        done += 1;
      } catch {
        unopened.push(id);
      }
    }
    return { done, unopened };
  }

  private open(workspaceId: string, row: KeyRow): DataKey {
    const name = `${workspaceId}|${row.id}`;
    const cached = this.cache.get(name);
    if (cached !== undefined) return cached;
    const key = createSecretKey(this.ring.unwrap(row.wrapped, context(workspaceId, row.id)));
    const dataKey = { id: row.id, key };
    if (this.cache.size >= cacheSize) this.cache.delete(this.cache.keys().next().value ?? '');
    this.cache.set(name, dataKey);
    return dataKey;
  }
}

function context(workspaceId: string, id: string): string {
  return `workspace_keys|${workspaceId}|${id}`;
}
