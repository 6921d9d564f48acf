import { refusal } from './refusal.js';

/** An access token as a person pastes it. */
export function accessToken(field: string, value: string): string {
  const token = value.trim();
  if (!/^[\x21-\x7e]{1,4096}$/.test(token)) throw refusal('TOKEN_MALFORMED', { field });
  return token;
}
