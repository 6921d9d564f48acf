import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../database/index.js';
import { DataKeys } from './data-keys.js';
import { KeyRing, keyedDigest, seal, unseal } from './key-ring.js';

/** Where a secret stands; it opens nowhere else. */
export interface SecretPlace {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/**
 * Envelope encryption: each workspace has a data key, wrapped by the deployment's key. A ciphertext is
 * `1|kek|dek|` + sealed bytes, bound to workspace, table, column and row, so that moving it makes it useless.
 */
@Injectable()
export class Secrets {
  private readonly dataKeys: DataKeys;
  private readonly digestKeys: readonly KeyObject[];

  constructor(private readonly ring: KeyRing) {
    this.dataKeys = new DataKeys(ring);
    this.digestKeys = ring.deriveAll('digest');
  }

  async encrypt(tx: WorkspaceTransaction, place: SecretPlace, plain: string): Promise<Buffer> {
    const dataKey = await this.dataKeys.current(tx);
    const header = Buffer.from(`1|${this.ring.currentId}|${dataKey.id}|`);
    return Buffer.concat([header, seal(dataKey.key, Buffer.from(plain), context(tx, place))]);
  }

  async decrypt(tx: WorkspaceTransaction, place: SecretPlace, ciphertext: Buffer): Promise<string> {
    const [version, , id] = ciphertext.subarray(0, 120).toString('latin1').split('|', 3);
    if (version !== '1' || id === undefined) throw new Error('The ciphertext has no header of ours.');
    const dataKey = await this.dataKeys.byId(tx, id);
    const sealed = ciphertext.subarray(
      `${ciphertext.subarray(0, 120).toString('latin1').split('|', 3).join('|')}|`.length,
    );
    return unseal(dataKey.key, sealed, context(tx, place)).toString();
  }

  /** Encrypts what belongs to no workspace (a person's, the deployment's own), under the deployment's key. */
  encryptForInstance(place: SecretPlace, plain: string): Buffer {
    return this.ring.wrap(Buffer.from(plain), instanceContext(place));
  }

  decryptForInstance(place: SecretPlace, ciphertext: Buffer): string {
    return this.ring.unwrap(ciphertext, instanceContext(place)).toString();
  }

  /** A keyed digest of parts, the same for the whole deployment: to find a thing without keeping its name. */
  digest(...parts: readonly string[]): Buffer {
    const [digest] = this.digests(...parts);
    if (digest === undefined) throw new Error('There is no key to make a digest with.');
    return digest;
  }

  /** The digest under every key of the ring, the current one first: for finding what was stored before a rotation. */
  digests(...parts: readonly string[]): Buffer[] {
    return this.digestKeys.map((key) => keyedDigest(key, ...parts));
  }
}

/** What binds a secret of the instance to its place. No workspace's context begins so: it would begin with a uuid. */
export function instanceContext(place: SecretPlace): string {
  return `instance|${place.table}|${place.column}|${place.row}`;
}

function context(tx: WorkspaceTransaction, place: SecretPlace): string {
  return `${tx.workspaceId}|${place.table}|${place.column}|${place.row}`;
}
