import type { IncomingHttpHeaders } from 'node:http';
import { headerIn, isSignedWith, isTimely } from '../signed-bytes.js';

/** Bytes below which a part of the secret is none: it could be guessed. */
const leastKey = 16;

/**
 * Whether Polar signed this, by Standard Webhooks: `v1,<base64>`, several with spaces between. Polar signs with the secret's
 * text as it stands; the standard signs with what its base64 stands for.
 */
export function isSignedByPolar(secret: string, body: Buffer, headers: IncomingHttpHeaders, now: Date): boolean {
  const id = headerIn(headers, 'webhook-id') ?? '';
  const seconds = headerIn(headers, 'webhook-timestamp') ?? '';
  if (!/^[\w.-]{1,200}$/.test(id) || !isTimely(seconds, now)) return false;
  const given = signaturesIn(headerIn(headers, 'webhook-signature') ?? '');
  return isSignedWith(keysOf(secret), Buffer.concat([Buffer.from(`${id}.${seconds}.`), body]), given);
}

/** Those of the version that is known; none where one of them has another form. */
function signaturesIn(header: string): readonly Buffer[] {
  const given: Buffer[] = [];
  for (const entry of header.split(' ')) {
    const [, version, text = ''] = /^(v\d{1,2}[a-z]?),([A-Za-z0-9+/]{1,200}={0,2})$/.exec(entry) ?? [];
    if (version === undefined) return [];
    const bytes = Buffer.from(text, 'base64');
    if (version === 'v1' && bytes.toString('base64') === text) given.push(bytes);
  }
  return given;
}

function keysOf(secret: string): readonly (string | Buffer)[] {
  const text = secret.replace(/^whsec_/, '');
  const bytes = Buffer.from(text, 'base64');
  return bytes.length >= leastKey && bytes.toString('base64') === text ? [secret, bytes] : [secret];
}
