import { randomBytes } from 'node:crypto';
import type { MemberActor } from '../../platform/access/index.js';

/** A new state for a person who is sent to a platform: whose it is, and 256 random bits. */
export function newState(workspaceId: string): string {
  return `${packed(workspaceId)}.${randomBytes(32).toString('base64url')}`;
}

/** The workspace that a state says it is of, so that a person who comes back is led there; null for what is no state. */
export function workspaceOf(state: string): string | null {
  const [, workspace] = /^([\w-]{22})\.[\w-]{43}$/.exec(state) ?? [];
  if (workspace === undefined) return null;
  const hex = Buffer.from(workspace, 'base64url').toString('hex');
  // Each workspace has one spelling.
  if (packed(hex) !== workspace) return null;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Names the session (or API token) that began it. */
export function credentialOf({ credential }: MemberActor): string {
  return `${credential.kind}:${credential.id}`;
}

function packed(workspaceId: string): string {
  return Buffer.from(workspaceId.replaceAll('-', ''), 'hex').toString('base64url');
}
