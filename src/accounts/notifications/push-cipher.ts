import {
  type JsonWebKey,
  type KeyObject,
  createCipheriv,
  createECDH,
  createPrivateKey,
  hkdfSync,
  randomBytes,
  sign,
} from 'node:crypto';
import type { PushAddress } from './push-address.js';

/** What makes an encryption repeatable; for the examples of the standard only. */
interface Chosen {
  readonly salt: Buffer;
  readonly privateKey: Buffer;
}

const recordSize = 4_096;

/**
 * Encrypts a push so that its browser alone can read it: RFC 8291 over RFC 8188 (`aes128gcm`), one record. The push
 * service sees how long it is and nothing else.
 */
export function encryptPush(address: Pick<PushAddress, 'p256dh' | 'auth'>, text: string, chosen?: Chosen): Buffer {
  const receiver = Buffer.from(address.p256dh, 'base64url');
  const own = createECDH('prime256v1');
  if (chosen === undefined) own.generateKeys();
  else own.setPrivateKey(chosen.privateKey);
  const sender = own.getPublicKey();
  const salt = chosen?.salt ?? randomBytes(16);
  const shared = own.computeSecret(receiver);
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), receiver, sender]);
  const input = derive(shared, Buffer.from(address.auth, 'base64url'), keyInfo, 32);
  const key = derive(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  // 0x02 ends the last record.
  const sealed = [cipher.update(Buffer.from(`${text}\u0002`)), cipher.final(), cipher.getAuthTag()];
  const header = Buffer.alloc(5);
  header.writeUInt32BE(recordSize, 0);
  header.writeUInt8(sender.length, 4);
  return Buffer.concat([salt, header, sender, ...sealed]);
}

function derive(secret: Buffer, salt: Buffer, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, length));
}

/** The deployment's key pair for pushes, as base64url: the scalar, and the point that browsers are given. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Tells a push service who sends (RFC 8292): an `Authorization` header that holds for one service and half a day. */
export function vapidHeader(keys: VapidKeys, endpoint: string, contact: string, now = Date.now()): string {
  const claims = { aud: new URL(endpoint).origin, exp: Math.floor(now / 1_000) + 43_200, sub: contact };
  const token = [{ typ: 'JWT', alg: 'ES256' }, claims].map((part) => encode(JSON.stringify(part))).join('.');
  const signature = sign('sha256', Buffer.from(token), { key: signingKey(keys), dsaEncoding: 'ieee-p1363' });
  return `vapid t=${token}.${encode(signature)}, k=${keys.publicKey}`;
}

function signingKey({ publicKey, privateKey }: VapidKeys): KeyObject {
  const point = Buffer.from(publicKey, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
  return createPrivateKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x, y, d: privateKey } as JsonWebKey });
}

function encode(part: string | Buffer): string {
  return Buffer.from(part as string).toString('base64url');
}
