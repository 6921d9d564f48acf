import type { IncomingHttpHeaders } from 'node:http';
import { headerIn, isSignedWith } from '../signed-bytes.js';

/**
 * Whether Lemon Squeezy signed this: hex over the body. It says not when, so an old call is as good as a new one: what it
 * tells counts by the time in it, and each body once.
 */
export function isSignedByLemonSqueezy(secret: string, body: Buffer, headers: IncomingHttpHeaders): boolean {
  const given = headerIn(headers, 'x-signature');
  if (given === null || !/^[0-9a-f]{64}$/.test(given)) return false;
  return isSignedWith([secret], body, [Buffer.from(given, 'hex')]);
}
