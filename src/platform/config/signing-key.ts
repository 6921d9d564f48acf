import { type KeyObject, createPrivateKey } from 'node:crypto';

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The Ed25519 keys of a comma-separated text, in its order: each in PEM (line feeds may be written as `\n`) or as the 32
 * bytes in base64. Throws where one is none.
 */
export function signingKeysOf(text: string): KeyObject[] {
  return text.split(',').map((part) => {
    const key = keyOf(part.trim());
    if (key.asymmetricKeyType !== 'ed25519') throw new Error('This is a key, but not one of Ed25519.');
    return key;
  });
}

function keyOf(text: string): KeyObject {
  if (text.startsWith('-----BEGIN')) return createPrivateKey(text.replaceAll('\\n', '\n'));
  const seed = Buffer.from(text, 'base64');
  if (!/^[\w+/-]+={0,2}$/.test(text) || seed.length !== 32) throw new Error('An Ed25519 key has 32 bytes.');
  return createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
}

/** Whether a text holds nothing but such keys. */
export function holdsSigningKeys(text: string): boolean {
  try {
    return signingKeysOf(text).length > 0;
  } catch {
    return false;
  }
}
