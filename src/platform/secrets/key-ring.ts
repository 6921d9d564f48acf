import {
  type KeyObject,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
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

/** The deployment's key-encryption keys: the first encrypts, all decrypt. */
@Injectable()
export class KeyRing {
  private readonly keys: ReadonlyMap<string, KeyObject>;
  readonly currentId: string;

  constructor(config: Config) {
    const entries = config.encryptionKeys.split(',').map(splitKey);
    this.keys = new Map(entries.map(([id, key]) => [id, createSecretKey(key, 'base64')]));
    this.currentId = entries[0]?.[0] ?? '';
  }

  /** Wraps with the current key; the header names it. */
  wrap(plain: Buffer, context: string): Buffer {
    const header = Buffer.from(`1|${this.currentId}|`);
    return Buffer.concat([header, seal(this.key(this.currentId), plain, context)]);
  }

  unwrap(wrapped: Buffer, context: string): Buffer {
    const second = wrapped.indexOf('|', 2);
    const id = wrapped.subarray(2, second).toString();
    return unseal(this.key(id), wrapped.subarray(second + 1), context);
  }

  /** A key for one purpose, derived from the first key: for digests, signatures and the deliveries. */
  derive(purpose: string): KeyObject {
    return this.deriveFrom(this.currentId, purpose);
  }

  /** The same from the key that a stored header names. */
  deriveFrom(id: string, purpose: string): KeyObject {
    return createSecretKey(Buffer.from(hkdfSync('sha256', this.key(id), Buffer.alloc(0), `parley:${purpose}`, 32)));
  }

  /** Every key of the ring derived for one purpose, the current one first: for checking what an older key signed. */
  deriveAll(purpose: string): KeyObject[] {
    return [...this.keys.keys()].map((id) => this.deriveFrom(id, purpose));
  }

  private key(id: string): KeyObject {
    const key = this.keys.get(id);
    if (key === undefined) {
      throw new Error(
        `ENCRYPTION_KEYS lacks the key "${id}", with which something stored was encrypted. Put it back after the first.`,
      );
    }
    return key;
  }
}

/** A keyed digest: the same input gives the same 32 bytes in this deployment and nowhere else. */
export function keyedDigest(key: KeyObject, ...parts: readonly string[]): Buffer {
  // Lengths go in front, so that ("a", "bc") and ("ab", "c") differ.
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(`${String(Buffer.byteLength(part))}:`).update(part);
  return hmac.digest();
}
