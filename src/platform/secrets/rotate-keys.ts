import { setTimeout as sleep } from 'node:timers/promises';
import {
  type SystemDatabase,
  type WorkspaceTransaction,
  type Workspaces,
  sql,
  workspaceIds,
} from '../database/index.js';
import { DataKeys } from './data-keys.js';
import type { KeyRing } from './key-ring.js';
import { keyUse } from './key-use.js';
import { rootContext } from './open-key-ring.js';
import {
  dataKeysIn,
  placeOf,
  readInstanceSecrets,
  readSecrets,
  writeInstanceSecrets,
  writeSecrets,
} from './secret-rows.js';
import { Secrets } from './secrets.js';
import type { InstanceSecret, StoredSecrets, WorkspaceSecret } from './stored-secrets.js';
import { type Unopened, reasonOf } from './unopened.js';

/** What a rotation did. */
export interface Rotation {
  /** Workspaces that have a new data key. */
  readonly workspaces: number;
  /** Secrets that were encrypted anew. */
  readonly secrets: number;
  /** Digests that were made anew. */
  readonly digests: number;
  /** Data keys that nothing needed any more, and that are gone. */
  readonly dropped: number;
  /** What no key opens; it was left as it is. */
  readonly unopened: readonly Unopened[];
  /** Keys of the deployment, other than the first, that nothing needs any more. */
  readonly retired: readonly string[];
  /** And those that something still needs. */
  readonly needed: readonly string[];
}

/** Makes anew, under the first key, what a workspace keeps as a keyed digest; gives how many. */
export type Redigest = (tx: WorkspaceTransaction, secrets: Secrets) => Promise<number>;

const batch = 200;
const passes = 3;

/**
 * Gives every workspace a new data key and encrypts its secrets anew, then those of the instance with the first key of
 * ENCRYPTION_KEYS, while servers run: in small batches, each ciphertext only if nobody wrote it meanwhile. A data key is
 * dropped when nothing names it any more. Run again, it does the rest of what one that was cut off left.
 */
export class RotateKeys {
  private readonly keys: DataKeys;
  private readonly secrets: Secrets;
  private readonly unopened = new Map<string, Unopened>();
  private rewritten = 0;

  constructor(
    private readonly workspaces: Workspaces,
    private readonly system: SystemDatabase,
    private readonly ring: KeyRing,
    private readonly stored: StoredSecrets,
    private readonly redigest: Redigest = () => Promise.resolve(0),
    /** Whoever read a ciphertext just before it was written anew has so long to open it. */
    private readonly settleMilliseconds = 5_000,
  ) {
    this.keys = new DataKeys(ring);
    this.secrets = new Secrets(ring);
  }

  async run(): Promise<Rotation> {
    const renewed: string[] = [];
    let digests = 0;
    for await (const id of workspaceIds(this.system)) {
      if (await this.renew(id)) renewed.push(id);
      digests += await this.workspaces.run(id, (tx) => this.redigest(tx, this.secrets), {
        oneAtATime: 'connect-channels',
      });
    }
    await this.keepRoots();
    for (const secret of this.stored.ofInstance) await this.rewriteOfInstance(secret);
    if (renewed.length > 0) await sleep(this.settleMilliseconds);
    let dropped = 0;
    for (const id of renewed) dropped += await this.dropUnneeded(id);
    return {
      workspaces: renewed.length,
      secrets: this.rewritten,
      digests,
      dropped,
      unopened: [...this.unopened.values()],
      ...(await this.retire()),
    };
  }

  /** False where there is nothing encrypted, or no such workspace any more. */
  private async renew(workspaceId: string): Promise<boolean> {
    const made = await this.workspaces.run(workspaceId, async (tx) => {
      const some = await tx.first(sql`select from workspace_keys limit 1`);
      const here = await tx.first(sql`select from workspaces where id = ${tx.workspaceId} for key share`);
      if (some === null || here === null) return false;
      const { unopened } = await this.keys.rewrap(tx);
      const why = 'the key of the deployment that wrapped it is not in ENCRYPTION_KEYS, or is another';
      for (const row of unopened) this.note({ table: 'workspace_keys', column: 'wrapped', workspaceId, row, why });
      await this.keys.make(tx);
      return true;
    });
    if (made) await this.rewriteOf(workspaceId);
    return made;
  }

  private async rewriteOf(workspaceId: string): Promise<void> {
    for (const secret of this.stored.ofWorkspaces) {
      let after: string | null = null;
      do after = await this.rewriteNext(workspaceId, secret, after);
      while (after !== null);
    }
  }

  /** One batch; gives the row to go on after, null at the end. */
  private rewriteNext(workspaceId: string, secret: WorkspaceSecret, after: string | null): Promise<string | null> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const { id: except } = await this.keys.current(tx);
      const rows = await readSecrets(tx, secret, { after, limit: batch, except });
      const rewritten = [];
      for (const { key, stored } of rows) {
        const place = placeOf(secret, key);
        try {
          const plain = await this.secrets.decrypt(tx, place, stored);
          rewritten.push({ key, stored, fresh: await this.secrets.encrypt(tx, place, plain) });
        } catch (error) {
          this.note({ table: secret.table, column: secret.column, workspaceId, row: key, why: reasonOf(error) });
        }
      }
      if (rewritten.length > 0) this.rewritten += await writeSecrets(tx, secret, rewritten);
      return rows.length < batch ? null : (rows.at(-1)?.key ?? null);
    });
  }

  /** Of the deployment's keys other than the first what digests and signatures were made with stays. */
  private async keepRoots(): Promise<void> {
    const older = this.ring.ids.filter((id) => id !== this.ring.currentId);
    const roots = older.map((id) => this.ring.wrap(this.ring.rootOf(id), rootContext(id)));
    await this.system.execute(sql`
      update encryption_keys k set root = r.root
        from unnest(${older}::text[], ${roots}::bytea[]) as r (id, root) where k.id = r.id and k.root is null`);
  }

  private async rewriteOfInstance(secret: InstanceSecret): Promise<void> {
    // What was held by somebody when its turn came has another.
    for (let pass = 0; pass < passes; pass += 1) {
      let after: string | null = null;
      let left = 0;
      do {
        const rows = await readInstanceSecrets(this.system, secret, {
          after,
          limit: batch,
          except: this.ring.currentId,
        });
        const rewritten = rows.flatMap(({ key, stored }) => {
          try {
            return [{ key, stored, fresh: secret.seal(this.ring, key, secret.open(this.ring, key, stored)) }];
          } catch (error) {
            const { table, column } = secret;
            this.note({ table, column, workspaceId: null, row: key, why: reasonOf(error) });
            return [];
          }
        });
        const written = rewritten.length === 0 ? 0 : await writeInstanceSecrets(this.system, secret, rewritten);
        this.rewritten += written;
        left += rewritten.length - written;
        after = rows.length < batch ? null : (rows.at(-1)?.key ?? null);
      } while (after !== null);
      if (left === 0) return;
    }
  }

  /** What was encrypted with an older key while the rotation went by is encrypted anew; then the key can go. */
  private async dropUnneeded(workspaceId: string): Promise<number> {
    let dropped = 0;
    for (let pass = 0; pass < passes; pass += 1) {
      if (pass > 0) await sleep(this.settleMilliseconds);
      await this.rewriteOf(workspaceId);
      const left = await this.workspaces.run(workspaceId, async (tx) => {
        const { id: current } = await this.keys.current(tx);
        // Whoever encrypts with one of them just now holds it until they commit: it is left to the next pass.
        const older = await tx.query<{ id: string }>(
          sql`select id from workspace_keys where id <> ${current} order by id for update skip locked`,
        );
        const named = new Set<string>();
        for (const secret of this.stored.ofWorkspaces) for (const id of await dataKeysIn(tx, secret)) named.add(id);
        const unneeded = older.map(({ id }) => id).filter((id) => !named.has(id));
        dropped += await tx.execute(sql`delete from workspace_keys where id = any (${unneeded}::uuid[])`);
        const left = await tx.first<{ n: number }>(
          sql`select count(*)::int as n from workspace_keys where id <> ${current}`,
        );
        return left?.n ?? 0;
      });
      if (left === 0) break;
    }
    return dropped;
  }

  private async retire(): Promise<Pick<Rotation, 'retired' | 'needed'>> {
    const use = await keyUse(this.workspaces, this.system, this.stored);
    const older = this.ring.ids.filter((id) => id !== this.ring.currentId);
    const retired = older.filter((id) => !use.has(id));
    await this.system.execute(sql`
      update encryption_keys set retired_at = now()
       where id = any (${retired}::text[]) and root is not null and retired_at is null`);
    return { retired, needed: [...use.keys()].filter((id) => id !== this.ring.currentId) };
  }

  private note(unopened: Unopened): void {
    this.unopened.set(`${unopened.table} ${unopened.column} ${unopened.workspaceId ?? ''} ${unopened.row}`, unopened);
  }
}
