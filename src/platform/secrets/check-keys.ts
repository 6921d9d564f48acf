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
import { type SecretRow, placeOf, readInstanceSecrets, readSecrets } from './secret-rows.js';
import { Secrets } from './secrets.js';
import type { StoredSecrets } from './stored-secrets.js';
import { type Unopened, reasonOf } from './unopened.js';

/** One of the deployment's keys. */
export interface KeyState {
  readonly id: string;
  /** Whether it is in ENCRYPTION_KEYS. */
  readonly given: boolean;
  readonly first: boolean;
  /** How many rows need it. */
  readonly rows: number;
  /** Whether a rotation found that nothing needs it any more. */
  readonly retired: boolean;
}

/** What a check found. */
export interface KeyCheck {
  /** How many secrets each column holds. */
  readonly columns: readonly { readonly table: string; readonly column: string; readonly secrets: number }[];
  readonly unopened: readonly Unopened[];
  /** Those in ENCRYPTION_KEYS, and any that a row names. */
  readonly keys: readonly KeyState[];
}

const page = 500;

/** Opens every secret that is stored, and says which cannot be. Nothing of them is shown or kept. */
export class CheckKeys {
  private readonly secrets: Secrets;

  constructor(
    private readonly workspaces: Workspaces,
    private readonly system: SystemDatabase,
    private readonly ring: KeyRing,
    private readonly stored: StoredSecrets,
  ) {
    this.secrets = new Secrets(ring);
  }

  async run(): Promise<KeyCheck> {
    const counts = new Map<string, number>();
    const unopened: Unopened[] = [];
    const count = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
    for await (const workspaceId of workspaceIds(this.system)) {
      await this.openKeys(workspaceId, unopened, () => count('workspace_keys wrapped'));
      for (const secret of this.stored.ofWorkspaces) {
        const { table, column } = secret;
        const read = (after: string | null) =>
          this.workspaces.read(workspaceId, (tx) => readSecrets(tx, secret, { after, limit: page }));
        for await (const { key, stored } of pages(read)) {
          count(`${table} ${column}`);
          const why = await this.tryTo(() =>
            this.workspaces.read(workspaceId, (tx) => this.secrets.decrypt(tx, placeOf(secret, key), stored)),
          );
          if (why !== null) unopened.push({ table, column, workspaceId, row: key, why });
        }
      }
    }
    for (const secret of this.stored.ofInstance) {
      const { table, column } = secret;
      for await (const { key, stored } of pages((after) =>
        readInstanceSecrets(this.system, secret, { after, limit: page }),
      )) {
        count(`${table} ${column}`);
        const why = await this.tryTo(() => Promise.resolve(secret.open(this.ring, key, stored)));
        if (why !== null) unopened.push({ table, column, workspaceId: null, row: key, why });
      }
    }
    return { columns: this.columns(counts), unopened, keys: await this.keys() };
  }

  private async openKeys(workspaceId: string, unopened: Unopened[], count: () => void): Promise<void> {
    const keys = new DataKeys(this.ring);
    await this.workspaces.read(workspaceId, async (tx: WorkspaceTransaction) => {
      for (const { id } of await tx.query<{ id: string }>(
        sql`select id from workspace_keys where workspace_id = ${workspaceId} order by id`,
      )) {
        count();
        const why = await this.tryTo(() => keys.byId(tx, id));
        if (why !== null) unopened.push({ table: 'workspace_keys', column: 'wrapped', workspaceId, row: id, why });
      }
    });
  }

  private async tryTo(open: () => Promise<unknown>): Promise<string | null> {
    try {
      await open();
      return null;
    } catch (error) {
      return reasonOf(error);
    }
  }

  private columns(counts: ReadonlyMap<string, number>): KeyCheck['columns'] {
    const { ofWorkspaces, ofInstance } = this.stored;
    return [{ table: 'workspace_keys', column: 'wrapped' }, ...ofWorkspaces, ...ofInstance].map(
      ({ table, column }) => ({
        table,
        column,
        secrets: counts.get(`${table} ${column}`) ?? 0,
      }),
    );
  }

  private async keys(): Promise<KeyCheck['keys']> {
    const retired = await this.system.query<{ id: string }>(
      sql`select id from encryption_keys where retired_at is not null`,
    );
    const use = await keyUse(this.workspaces, this.system, this.stored);
    return [...new Set([...this.ring.ids, ...use.keys()])].map((id) => ({
      id,
      given: this.ring.ids.includes(id),
      first: id === this.ring.currentId,
      rows: use.get(id) ?? 0,
      retired: retired.some((key) => key.id === id),
    }));
  }
}

async function* pages(read: (after: string | null) => Promise<SecretRow[]>): AsyncGenerator<SecretRow> {
  let after: string | null = null;
  do {
    const rows: SecretRow[] = await read(after);
    yield* rows;
    after = rows.length < page ? null : (rows.at(-1)?.key ?? null);
  } while (after !== null);
}
