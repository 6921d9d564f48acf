import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RequestRow } from './request.row.js';

const days = 30;

/** A new token with the request that it proves the address of: 256 bits, of which only the hash is kept, for 30 days. */
export function withProof(row: RequestRow): { readonly row: RequestRow; readonly token: string } {
  const token = randomBytes(32).toString('base64url');
  const proofUntil = new Date(Date.now() + days * 86_400_000);
  return { row: { ...row, proofHash: hashOf(token), proofUntil }, token };
}

/** Whether a token is the request's, and still good. */
export function isProof(row: RequestRow, token: string): boolean {
  const { proofHash, proofUntil } = row;
  if (proofHash === null || proofUntil === null || proofUntil.getTime() < Date.now()) return false;
  const given = hashOf(token);
  return given.length === proofHash.length && timingSafeEqual(given, proofHash);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
