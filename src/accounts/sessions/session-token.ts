import { createHash, randomBytes } from 'node:crypto';

/** A new session token: 256 random bits. The server keeps its hash alone. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a text can be a session token at all; anything else is not looked up. */
export function isSessionToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** What is kept of a session's or an API's token. They are random, so a fast hash is enough. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
