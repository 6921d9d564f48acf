import { randomFillSync } from 'node:crypto';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const bytes = Buffer.allocUnsafe(16);
// Random bytes are fetched many at a time: asked for six by six they cost more than all the rest.
const random = Buffer.allocUnsafe(6 * 1_024);
let taken = random.length;
let sequence = 0;

/** Whether the text is a UUID; anything else never reaches a uuid column. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && pattern.test(text);
}

/**
 * A UUIDv7 for a row that belongs at `at` (ms since 1970), which may lie in the past: ids sort by that time, and rows
 * of the same millisecond sort by the order in which they arrived (26 bits of arrival time, 12 of `order`: by default that
 * of the calls). So a message's id carries its place in the thread, and lists need no second sort column.
 */
export function uuidAt(at: number, arrival = Date.now(), order = (sequence += 1)): string {
  if (taken === random.length) {
    randomFillSync(random);
    taken = 0;
  }
  random.copy(bytes, 10, taken, taken + 6);
  taken += 6;
  bytes.writeUIntBE(Math.max(0, Math.floor(at)), 0, 6);
  const late = arrival % 0x4000000;
  const place = order & 0xfff;
  bytes.writeUInt16BE(0x7000 | (late >> 14), 6);
  bytes.writeUInt16BE(0x8000 | (late & 0x3fff), 8);
  bytes[10] = place >> 4;
  bytes[11] = ((place & 0xf) << 4) | ((bytes[11] ?? 0) & 0xf);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A UUIDv7 of now. */
export function newId(): string {
  return uuidAt(Date.now());
}

/** When what an id of `uuidAt` names came here: told by the id itself, for up to 18 hours after it was sent. */
export function arrivalOf(id: string): number {
  const hex = id.replaceAll('-', '');
  const at = Number.parseInt(hex.slice(0, 12), 16);
  const late =
    ((Number.parseInt(hex.slice(12, 16), 16) & 0xfff) << 14) | (Number.parseInt(hex.slice(16, 20), 16) & 0x3fff);
  return at + ((late - (at % 0x4000000) + 0x4000000) % 0x4000000);
}
