import { randomBytes } from 'node:crypto';
import { isUuid } from '../../platform/database/index.js';

const idBytes = 16;
const chanceBytes = 16;
const shape = new RegExp(`^cf_[A-Za-z0-9_-]{${String(Math.ceil(((idBytes + chanceBytes) * 8) / 6))}}$`);

/** A new key of a form. It names the workspace, so that the form is looked for inside it: no table outside knows of forms. */
export function newFormKey(workspaceId: string): string {
  const id = Buffer.from(workspaceId.replaceAll('-', ''), 'hex');
  return `cf_${Buffer.concat([id, randomBytes(chanceBytes)]).toString('base64url')}`;
}

/** The workspace that a key names; null for what is no key of ours. */
export function workspaceOfKey(key: string): string | null {
  if (!shape.test(key)) return null;
  const hex = Buffer.from(key.slice(3), 'base64url').subarray(0, idBytes).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return isUuid(id) ? id : null;
}
