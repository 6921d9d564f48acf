import { randomFillSync } from 'node:crypto';

const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const bytes = Buffer.allocUnsafe(16);
let lastArrival = 0;
let sequence = 0;

/** Whether the text is a UUID; anything else never reaches a uuid column. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && pattern.test(text);
}

/**
 * A UUIDv7 for a row that belongs at `at` (ms since 1970), which may lie in the past: ids sort by that time, and rows
 * of the same millisecond sort by the order in which this process met them (26 bits of arrival time, 12 of sequence).
 * So a message's id carries its place in the thread, and lists need no second sort column.
 */
export function uuidAt(at: number, arrival = Date.now()): string {
  if (arrival === lastArrival) sequence = (sequence + 1) & 0xfff;
  else {
    lastArrival = arrival;
    sequence = 0;
  }
  randomFillSync(bytes, 10, 6);
  bytes.writeUIntBE(Math.max(0, Math.floor(at)), 0, 6);
  const order = arrival % 0x4000000;
  bytes.writeUInt16BE(0x7000 | (order >> 14), 6);
  bytes.writeUInt16BE(0x8000 | (order & 0x3fff), 8);
  bytes[10] = sequence >> 4;
  bytes[11] = ((sequence & 0xf) << 4) | ((bytes[11] ?? 0) & 0xf);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A UUIDv7 of now. */
export function newId(): string {
  return uuidAt(Date.now());
}
