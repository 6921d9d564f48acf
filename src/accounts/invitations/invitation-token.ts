import { randomBytes } from 'node:crypto';
import { isUuid } from '../../platform/database/index.js';
import { tokenHash } from '../sessions/session-token.js';

const pattern = /^[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/;

/** What a link of an invitation carries: the workspace to look in, and 256 random bits. The server keeps the hash alone. */
export function newInvitationToken(workspaceId: string): string {
  const place = Buffer.from(workspaceId.replaceAll('-', ''), 'hex').toString('base64url');
  return `${place}.${randomBytes(32).toString('base64url')}`;
}

/** Where to look for an invitation, and by which hash; null for what cannot be one. */
export function readInvitationToken(token: string): { readonly workspaceId: string; readonly hash: Buffer } | null {
  if (!pattern.test(token)) return null;
  const hex = Buffer.from(token.slice(0, 22), 'base64url').toString('hex');
  const workspaceId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return isUuid(workspaceId) ? { workspaceId, hash: tokenHash(token) } : null;
}
