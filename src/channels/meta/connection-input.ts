import { badInput } from '../../platform/errors/index.js';

/** An id of Meta as a person gives it: trimmed, and of nothing that means anything in an address. */
export function metaId(field: string, value: string): string {
  const id = value.trim();
  if (!/^[0-9A-Za-z_-]{1,64}$/.test(id))
    throw badInput(field, 'This is not an id of Meta: it is a number such as 900000000000001.');
  return id;
}

/** An access token as a person pastes it. */
export function accessToken(field: string, value: string): string {
  const token = value.trim();
  if (!/^[\x21-\x7e]{1,4096}$/.test(token))
    throw badInput(field, 'This is not an access token: it is one long word. Copy it again.');
  return token;
}
