import { Secret, TOTP } from 'otpauth';

const periodMs = 30_000;

/** A new secret, as it is kept. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** What an authenticator app reads the secret from. */
export function secretUri(secret: string, email: string): string {
  return codesOf(secret, email).toString();
}

/**
 * The time step whose code was typed: the present one, or one beside it for clocks that are a little off. Null where it is
 * none of these.
 */
export function stepOf(secret: string, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = codesOf(secret).validate({ token: code, timestamp: now, window: 1 });
  return delta === null ? null : Math.floor(now / periodMs) + delta;
}

function codesOf(secret: string, label = ''): TOTP {
  return new TOTP({ issuer: 'Parley', label, secret: Secret.fromBase32(secret), digits: 6, period: periodMs / 1_000 });
}
