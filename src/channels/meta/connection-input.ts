import { refusal } from '../connect/refusal.js';

/** An id of Meta as a person gives it: trimmed, and of nothing that means anything in an address. */
export function metaId(field: string, value: string): string {
  const id = value.trim();
  if (!/^[0-9A-Za-z_-]{1,64}$/.test(id)) throw refusal('META_ID_MALFORMED', { field });
  return id;
}
