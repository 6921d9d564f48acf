import { type KeyObject, createHmac, timingSafeEqual } from 'node:crypto';
import { parseJson } from '../wire/parse-json.js';
import { type Json, isJson } from '../wire/reading.js';

const form = /^([A-Za-z0-9_-]{43})\.([A-Za-z0-9_-]{1,4096})$/;

/**
 * The payload of a `signed_request`, if it is signed with one of the secrets; null for anything else. The signature is over
 * the encoded payload, which is read only after.
 */
export function readSignedRequest(given: unknown, secrets: readonly (KeyObject | string)[]): Json | null {
  const [, signature, payload] = (typeof given === 'string' ? form.exec(given) : null) ?? [];
  if (signature === undefined || payload === undefined) return null;
  const said = Buffer.from(signature, 'base64url');
  // The last letter has bits to spare: one signature has one spelling.
  if (said.toString('base64url') !== signature) return null;
  let signed = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(payload).digest();
    if (said.length === expected.length && timingSafeEqual(said, expected)) signed = true;
  }
  if (!signed) return null;
  try {
    const body = parseJson(Buffer.from(payload, 'base64url'));
    return isJson(body) && body['algorithm'] === 'HMAC-SHA256' ? body : null;
  } catch {
    return null;
  }
}

/** The one field of a form by this name; null where it is missing or comes more than once. */
export function formField(body: unknown, name: string): string | null {
  if (!Buffer.isBuffer(body) || body.length > 20_000) return null;
  const [value, ...more] = new URLSearchParams(body.toString('latin1')).getAll(name);
  return value === undefined || more.length > 0 ? null : value;
}
