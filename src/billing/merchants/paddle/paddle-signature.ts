import type { IncomingHttpHeaders } from 'node:http';
import { headerIn, isSignedWith, isTimely } from '../signed-bytes.js';

/**
 * Whether Paddle signed this: `ts=<seconds>;h1=<hex>`, with several h1 while the secret is changed, of which any may match.
 * Paddle's own kit takes the last h1 alone, compares it in a time that tells how much of it was right, and allows 5 seconds.
 */
export function isSignedByPaddle(secret: string, body: Buffer, headers: IncomingHttpHeaders, now: Date): boolean {
  const [first = '', ...others] = headerIn(headers, 'paddle-signature')?.split(';') ?? [];
  const seconds = /^ts=(\d{1,12})$/.exec(first)?.[1];
  if (seconds === undefined || !isTimely(seconds, now)) return false;
  const given: Buffer[] = [];
  for (const part of others) {
    // One form of each, so that nobody can write the same signature in another way.
    const [, scheme, hex] = /^(h\d)=([0-9a-f]{64})$/.exec(part) ?? [];
    if (hex === undefined) return false;
    if (scheme === 'h1') given.push(Buffer.from(hex, 'hex'));
  }
  return isSignedWith([secret], Buffer.concat([Buffer.from(`${seconds}:`), body]), given);
}
