import { randomBytes, randomInt } from 'node:crypto';

let counter = 0;

/** A numeric id in the style of Meta: 15 or 16 digits, never repeated within a process. */
export function numericId(prefix: string): string {
  counter = (counter + 1) % 1_000_000;
  return prefix + String(randomInt(100_000, 999_999)) + String(counter).padStart(16 - 6 - prefix.length, '0');
}

/** A WhatsApp message id. */
export function wamid(): string {
  return `wamid.HBg${randomBytes(24).toString('base64')}`;
}

/** A Messenger message id. */
export function messengerMid(): string {
  return `m_${randomBytes(36).toString('base64url')}`;
}

/** An Instagram message id. */
export function instagramMid(): string {
  return `aWdf${randomBytes(36).toString('base64url')}`;
}

/** The id that Meta puts in every answer for its own support. */
export function traceId(): string {
  return `A${randomBytes(8).toString('base64url')}`;
}

/** An access token that looks like one and opens nothing. */
export function accessToken(prefix: 'EAA' | 'IGAA'): string {
  return prefix + randomBytes(48).toString('hex');
}

/** A business-scoped user id of WhatsApp. */
export function bsuid(): string {
  return `TR.${randomBytes(12).toString('hex')}`;
}
