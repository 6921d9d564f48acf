import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
} from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config, splitKey } from '../config/index.js';

const nonceLength = 12;
const tagLength = 16;

/** AES-256-GCM, with a key object (one made of bytes for each call costs more than the encryption): nonce, ciphertext and tag in one buffer, bound to `context` (additional data). */
export function seal(key: KeyObject, plain: Buffer, context: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `seal` made with the same key and context; throws on anything else. */
export function unseal(key: KeyObject, sealed: Buffer, context: string): Buffer {
  if (sealed.length < nonceLength + tagLength) throw new Error('The ciphertext is cut short.');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), { authTagLength: tagLength })
    .setAAD(Buffer.from(context))
    .setAuthTag(sealed.subarray(-tagLength));
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength, -tagLength)), decipher.final()]);
}

/** The id of the deployment's key in the header of what it wrapped. */
export function keyIdOf(wrapped: Buffer): string {
  return wrapped.subarray(2, wrapped.indexOf('|', 2)).toString('latin1');
}

/** What is kept of a key that was taken out of ENCRYPTION_KEYS: all that is derived from it begins here. */
export interface KeptRoot {
  readonly id: string;
  readonly root: Buffer;
}

/** The deployment's key-encryption keys: the first encrypts, all decrypt. */
@Injectable()
export class KeyRing {
  private readonly keys: ReadonlyMap<string, KeyObject>;
  private readonly roots: ReadonlyMap<string, KeyObject>;
  readonly currentId: string;

  constructor(config: Pick<Config, 'encryptionKeys'>, kept: readonly KeptRoot[] = []) {
    const entries = config.encryptionKeys.split(',').map(splitKey);
    this.keys = new Map(entries.map(([id, key]) => [id, createSecretKey(key, 'base64')]));
    this.currentId = entries[0]?.[0] ?? '';
    const own = [...this.keys].map(([id, key]) => [id, createSecretKey(rootOf(key))] as const);
    const older = kept
      .filter(({ id }) => !this.keys.has(id))
      .map(({ id, root }) => [id, createSecretKey(root)] as const);
    this.roots = new Map([...own, ...older]);
  }

  /** The ids of the keys in ENCRYPTION_KEYS, the current one first. */
  get ids(): readonly string[] {
    return [...this.keys.keys()];
  }

  /** Wraps with the current key; the header names it. */
  wrap(plain: Buffer, context: string): Buffer {
    return this.wrapWith(this.currentId, plain, context);
  }

  /** The same with a key of the ring that is not the current one. */
  wrapWith(id: string, plain: Buffer, context: string): Buffer {
    return Buffer.concat([Buffer.from(`1|${id}|`), seal(this.key(id), plain, context)]);
  }

  unwrap(wrapped: Buffer, context: string): Buffer {
    const second = wrapped.indexOf('|', 2);
    return unseal(this.key(keyIdOf(wrapped)), wrapped.subarray(second + 1), context);
  }

  /** A key for one purpose, derived from the first key: for digests, signatures and the deliveries. */
  derive(purpose: string): KeyObject {
    return this.deriveFrom(this.currentId, purpose);
  }

  /** The same from the key that a stored header names. */
  deriveFrom(id: string, purpose: string): KeyObject {
    const root = this.roots.get(id);
    if (root === undefined) throw lacking(id);
    // HKDF's second step; for the 32 bytes of one digest it is a single block.
    return createSecretKey(createHmac('sha256', root).update(`parley:${purpose}`).update(Buffer.of(1)).digest());
  }

  /** Every key, those of which only the root was kept too, derived for one purpose, the current one first: for checking what an older key signed. */
  deriveAll(purpose: string): KeyObject[] {
    return [...this.roots.keys()].map((id) => this.deriveFrom(id, purpose));
  }

  /** What is kept of a key once it is taken out: not the key, but all that was derived from it. */
  rootOf(id: string): Buffer {
    return rootOf(this.key(id));
  }

  private key(id: string): KeyObject {
    const key = this.keys.get(id);
    if (key === undefined) throw lacking(id);
    return key;
  }
}

/** HKDF's first step, without salt: what was wrapped by the key cannot be opened with it. */
function rootOf(key: KeyObject): Buffer {
  return createHmac('sha256', Buffer.alloc(32)).update(key.export()).digest();
}

function lacking(id: string): Error {
  return new Error(
    `ENCRYPTION_KEYS lacks the key "${id}", with which something stored was encrypted. Put it back after the first.`,
  );
}

/** A keyed digest: the same input gives the same 32 bytes in this deployment and nowhere else. */
export function keyedDigest(key: KeyObject, ...parts: readonly string[]): Buffer {
  // Lengths go in front, so that ("a", "bc") and ("ab", "c") differ.
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(`${String(Buffer.byteLength(part))}:`).update(part);
  return hmac.digest();
}
