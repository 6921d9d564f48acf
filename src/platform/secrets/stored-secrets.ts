import type { KeyRing } from './key-ring.js';
import { rootContext } from './open-key-ring.js';
import { instanceContext } from './secrets.js';

/** A column of a workspace's table that `Secrets.encrypt` fills. */
export interface WorkspaceSecret {
  readonly table: string;
  readonly column: string;
  /** The column whose uuid tells rows of a workspace apart. */
  readonly key: string;
  /** What the place calls the row, where that is not the key. */
  readonly row?: string;
}

/** A column outside every workspace whose bytes begin with the id of the deployment's key that they need. */
export interface InstanceSecret {
  readonly table: string;
  readonly column: string;
  /** The column that tells rows apart. */
  readonly key: string;
  readonly keyType: 'uuid' | 'text';
  open(ring: KeyRing, row: string, stored: Buffer): Buffer;
  seal(ring: KeyRing, row: string, plain: Buffer): Buffer;
}

/** Every column that holds ciphertext. One that is missing here would be lost when an old key is taken out. */
export interface StoredSecrets {
  readonly ofWorkspaces: readonly WorkspaceSecret[];
  readonly ofInstance: readonly InstanceSecret[];
}

/** A column that the deployment's key itself encrypts, bound by `contextOf` (without it, as `encryptForInstance` does). */
export function instanceSecret(
  table: string,
  column: string,
  key: string,
  contextOf = (row: string) => instanceContext({ table, column, row }),
  keyType: InstanceSecret['keyType'] = 'uuid',
): InstanceSecret {
  return {
    table,
    column,
    key,
    keyType,
    open: (ring, row, stored) => ring.unwrap(stored, contextOf(row)),
    seal: (ring, row, plain) => ring.wrap(plain, contextOf(row)),
  };
}

/** What is kept of older keys is itself wrapped by the first. */
export const keptRoots = instanceSecret('encryption_keys', 'root', 'id', rootContext, 'text');
