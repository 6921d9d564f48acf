import { createHmac, timingSafeEqual } from 'node:crypto';

/** Who a site says that its visitor is. */
export interface ClaimedIdentity {
  readonly id?: string | undefined;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  /** The site's proof: hex HMAC-SHA256 over the id, or a JWT; absent where it gives none. */
  readonly hash?: string | undefined;
}

/** What has been proved of a visitor. */
export interface ProvenIdentity {
  readonly id: string;
  /** Under a JWT the site signs these too; under an HMAC it signs the id alone, and they count as said by anybody. */
  readonly email: string | null;
  readonly name: string | null;
}

/** The longest life of a token: one that lies about in a log is of no use on the next day. */
const maxTokenSeconds = 24 * 3_600;
const clockSeconds = 60;
const longestId = 200;

/** What the site's proof proves; null where it proves nothing. Comparisons take the same time whatever they find. */
export function proveIdentity(
  secret: string,
  publicKey: string,
  claimed: ClaimedIdentity,
  now: number,
): ProvenIdentity | null {
  const { id, hash } = claimed;
  if (hash === undefined) return null;
  if (hash.includes('.')) return proveToken(secret, publicKey, claimed, hash, now);
  if (id === undefined || id === '') return null;
  const expected = createHmac('sha256', secret).update(id).digest();
  const given = Buffer.from(/^[0-9a-fA-F]{64}$/.test(hash) ? hash : '00'.repeat(32), 'hex');
  return timingSafeEqual(expected, given) ? { id, email: null, name: null } : null;
}

function proveToken(
  secret: string,
  publicKey: string,
  claimed: ClaimedIdentity,
  token: string,
  now: number,
): ProvenIdentity | null {
  const parts = token.split('.');
  const [header = '', payload = '', signature = ''] = parts;
  if (parts.length !== 3) return null;
  const expected = createHmac('sha256', secret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(expected, given)) return null;
  // Only what this secret signed is read at all; the header still has to say the one way that there is.
  const [head, claims] = [objectOf(header), objectOf(payload)];
  if (head?.['alg'] !== 'HS256' || claims === null) return null;
  const id = claims['sub'] ?? claims['id'];
  const { exp, nbf, aud } = claims;
  const seconds = now / 1_000;
  if (typeof id !== 'string' || id === '' || id.length > longestId) return null;
  if (claimed.id !== undefined && claimed.id !== id) return null;
  if (typeof exp !== 'number' || exp + clockSeconds < seconds || exp - seconds > maxTokenSeconds + clockSeconds)
    return null;
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf - clockSeconds <= seconds)) return null;
  if (aud !== undefined && aud !== publicKey) return null;
  return { id, email: textOf(claims['email']), name: textOf(claims['name']) };
}

function objectOf(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
