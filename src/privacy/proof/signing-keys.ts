import { type KeyObject, createPublicKey, sign, verify } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { type PublicJwk, keyIdOf } from './page/check-receipts.mjs';

/** A public key as it is published (RFC 8037). */
export interface PublishedKey extends PublicJwk {
  readonly use: 'sig';
  readonly alg: 'EdDSA';
  readonly kid: string;
}

interface OwnKey {
  readonly secret: KeyObject;
  readonly open: KeyObject;
  readonly published: PublishedKey;
}

/** The keys that prove what this deployment says of erasures: the first signs, and what any of them signed holds. */
@Injectable()
export class SigningKeys {
  private readonly keys: Promise<readonly [OwnKey, ...OwnKey[]]>;

  constructor(config: Config) {
    this.keys = Promise.all(config.receiptSigningKeys.map(ownKey)).then(([first, ...others]) => {
      if (first === undefined) throw new Error('There is no key to sign receipts with.');
      return [first, ...others];
    });
  }

  async published(): Promise<readonly PublishedKey[]> {
    return (await this.keys).map(({ published }) => published);
  }

  /** The id of the key that signs now. */
  async currentId(): Promise<string> {
    return (await this.keys)[0].published.kid;
  }

  /** Signs with the current key, which is named by `currentId`; base64url. */
  async sign(text: string): Promise<string> {
    return sign(null, Buffer.from(text), (await this.keys)[0].secret).toString('base64url');
  }

  /** Whether one of these keys, the named one, signed a text. */
  async signed(keyId: string, text: string, signature: string): Promise<boolean> {
    const key = (await this.keys).find(({ published }) => published.kid === keyId);
    const bytes = Buffer.from(signature, 'base64url');
    // Letters that decode to the same bytes are another signature: nothing may be written in two ways.
    if (key === undefined || bytes.toString('base64url') !== signature) return false;
    return verify(null, Buffer.from(text), key.open, bytes);
  }
}

async function ownKey(secret: KeyObject): Promise<OwnKey> {
  const open = createPublicKey(secret);
  const { kty = '', crv = '', x = '' } = open.export({ format: 'jwk' });
  const kid = await keyIdOf({ kty, crv, x });
  return { secret, open, published: { kty, crv, x, use: 'sig', alg: 'EdDSA', kid } };
}
