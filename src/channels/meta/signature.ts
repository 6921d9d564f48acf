import { type KeyObject, createHmac, timingSafeEqual } from 'node:crypto';

// As Meta writes it: with capitals taken as well, one signature would have many spellings.
const form = /^sha256=([0-9a-f]{64})$/;

/**
 * Whether the header signs exactly these bytes under one of the secrets. A missing or repeated header, another form and
 * an empty list of secrets are all a no. Events of one app may be signed with the Meta or the Instagram app's secret.
 */
export function isSignedByMeta(body: Buffer, header: unknown, secrets: readonly (KeyObject | string)[]): boolean {
  // Node joins a repeated header with a comma, and then it is not of this form.
  const match = typeof header === 'string' ? form.exec(header) : null;
  if (match?.[1] === undefined) return false;
  const given = Buffer.from(match[1], 'hex');
  let signed = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(body).digest();
    if (given.length === expected.length && timingSafeEqual(given, expected)) signed = true;
  }
  return signed;
}

/** The proof that a server call comes from the app: the token, signed with the app's secret. */
export function appSecretProof(token: string, secret: string): string {
  return createHmac('sha256', secret).update(token).digest('hex');
}
