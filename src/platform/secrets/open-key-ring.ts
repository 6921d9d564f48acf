import type { Config } from '../config/index.js';
import { type SystemDatabase, sql } from '../database/index.js';
import { KeyRing, type KeptRoot } from './key-ring.js';

/** A key that a database was written with, and what proves it. */
export interface NotedKey {
  readonly id: string;
  readonly proof: Buffer;
  /** Whether nothing needs it any more. */
  readonly retired: boolean;
}

interface KnownKey extends NotedKey {
  readonly root: Buffer | null;
}

/** Where the proof of a key stands: opened with the key itself it says `proved`. */
const proofContext = (id: string) => `encryption_keys|proof|${id}`;
const proved = Buffer.from('parley');

/** Where what is kept of an older key stands. */
export const rootContext = (id: string) => `encryption_keys|root|${id}`;

/**
 * The deployment's keys, compared with those that its database was written with: throws in words for people where one is
 * missing that is still needed, or is another under the same name. A key that is new to the database is noted.
 */
export async function openKeyRing(config: Pick<Config, 'encryptionKeys'>, system: SystemDatabase): Promise<KeyRing> {
  const ring = new KeyRing(config);
  const noted = compare(ring, await known(system));
  const fresh = ring.ids.filter((id) => !noted.some((key) => key.id === id));
  if (fresh.length > 0) {
    const proofs = fresh.map((id) => ring.wrapWith(id, proved, proofContext(id)));
    await system.execute(sql`
      insert into encryption_keys (id, proof) select id, proof from unnest(${fresh}::text[], ${proofs}::bytea[]) as key (id, proof)
      on conflict (id) do nothing`);
    // Another process may have been first, with another key.
    compare(ring, await known(system));
  }
  await system.execute(
    sql`update encryption_keys set retired_at = null where id = ${ring.currentId} and retired_at is not null`,
  );
  const kept = noted.flatMap(({ id, root }): KeptRoot[] =>
    root === null || ring.ids.includes(id) ? [] : [{ id, root: ring.unwrap(root, rootContext(id)) }],
  );
  return kept.length === 0 ? ring : new KeyRing(config, kept);
}

/** Throws as `openKeyRing` does, for a database that is not there yet: one that a backup has to be made into. */
export function requireKeys(config: Pick<Config, 'encryptionKeys'>, keys: readonly NotedKey[]): void {
  compare(new KeyRing(config), keys);
}

function known(system: SystemDatabase): Promise<KnownKey[]> {
  return system.query<KnownKey>(
    sql`select id, proof, root, retired_at is not null as retired from encryption_keys order by created_at desc, id`,
  );
}

function compare<Key extends NotedKey>(ring: KeyRing, keys: readonly Key[]): readonly Key[] {
  for (const { id, proof, retired } of keys) {
    if (!ring.ids.includes(id)) {
      if (retired) continue;
      throw new Error(
        `ENCRYPTION_KEYS lacks the key "${id}", and what is stored may need it. Put it back, after the first; once \`keys rotate\` says that nothing needs it any more, it may go.`,
      );
    }
    if (!proves(ring, id, proof))
      throw new Error(
        `The key "${id}" in ENCRYPTION_KEYS is not the one that this database was written with. Give the right one, or the DATA_DIR that belongs to this database; a new key needs a name of its own.`,
      );
  }
  return keys;
}

function proves(ring: KeyRing, id: string, proof: Buffer): boolean {
  try {
    return ring.unwrap(proof, proofContext(id)).equals(proved);
  } catch {
    return false;
  }
}
