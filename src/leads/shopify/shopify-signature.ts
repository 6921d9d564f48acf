import { createHmac, timingSafeEqual } from 'node:crypto';

/** Whether a webhook's bytes were signed with one of the secrets: base64 in one header. */
export function isSignedBody(secrets: readonly string[], body: Buffer, given: unknown): boolean {
  if (typeof given !== 'string') return false;
  const said = Buffer.from(given, 'base64');
  if (said.toString('base64') !== given) return false;
  return secrets.some((secret) => isSame(createHmac('sha256', secret).update(body).digest(), said));
}

/**
 * Whether a person came back with a query that Shopify signed: hex over all other parameters, sorted. A parameter that stands
 * there twice is none that Shopify wrote.
 */
export function isSignedQuery(secret: string, query: URLSearchParams): boolean {
  const names = [...query.keys()];
  const given = query.get('hmac') ?? '';
  if (new Set(names).size !== names.length || !/^[0-9a-f]{64}$/.test(given)) return false;
  const signed = [...query]
    .filter(([name]) => name !== 'hmac' && name !== 'signature')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
  return isSame(createHmac('sha256', secret).update(signed).digest(), Buffer.from(given, 'hex'));
}

function isSame(expected: Buffer, said: Buffer): boolean {
  return said.length === expected.length && timingSafeEqual(said, expected);
}
