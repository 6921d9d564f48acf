import { createHash } from 'node:crypto';
import { cleanText, isUuid } from '../../platform/database/index.js';

/** A JSON object whose members are not known yet. */
export type Json = Readonly<Record<string, unknown>>;

/** One item is not of the documented shape. The message names the place and holds nothing of the content. */
export class UnreadableItem extends Error {
  constructor(place: string, expected: string) {
    super(`${place} is not ${expected}`);
    this.name = 'UnreadableItem';
  }
}

const maxIdLength = 512;
const maxAnswerLength = 20_000;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object that must be there. */
export function jsonAt(parent: Json, name: string): Json {
  const value = parent[name];
  if (!isJson(value)) throw new UnreadableItem(name, 'an object');
  return value;
}

/** An object that may be missing; something else in its place is refused. */
export function maybeJson(parent: Json, name: string): Json | null {
  return absent(parent[name]) ? null : jsonAt(parent, name);
}

/** A list of objects that may be missing. */
export function jsonList(parent: Json, name: string): Json[] {
  const value = parent[name];
  if (absent(value)) return [];
  if (!Array.isArray(value) || !value.every(isJson)) throw new UnreadableItem(name, 'a list of objects');
  return value;
}

/** Text, cleaned for the database; null where there is none. */
export function maybeText(parent: Json, name: string, max = 100_000): string | null {
  const value = parent[name];
  if (absent(value)) return null;
  if (typeof value !== 'string') throw new UnreadableItem(name, 'text');
  return cleanText(value, max);
}

/** An id that must be there, sent as text or as a number. */
export function idAt(parent: Json, name: string): string {
  const id = maybeId(parent, name);
  if (id === null) throw new UnreadableItem(name, 'an id');
  return id;
}

/** An id that may be missing. Numbers are kept as their digits; an id is never cut, for a cut id is another's. */
export function maybeId(parent: Json, name: string): string | null {
  const value = parent[name];
  if (absent(value) || value === '') return null;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string' || value.length > maxIdLength || cleanText(value) !== value)
    throw new UnreadableItem(name, 'an id');
  return value;
}

export function maybeNumber(parent: Json, name: string): number | null {
  const value = parent[name];
  if (absent(value)) return null;
  const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new UnreadableItem(name, 'a number');
  return number;
}

export function maybeFlag(parent: Json, name: string): boolean {
  const value = parent[name];
  if (absent(value)) return false;
  if (typeof value !== 'boolean') throw new UnreadableItem(name, 'true or false');
  return value;
}

/** A web address that a person may be shown or that may be fetched; anything but http(s) counts as missing. */
export function maybeUrl(parent: Json, name: string): string | null {
  const text = maybeText(parent, name, 8_000);
  if (text === null) return null;
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? text : null;
}

/** JSON text or an object (both are seen), as text. */
export function maybeJsonText(parent: Json, name: string): string | null {
  const value = parent[name];
  if (absent(value)) return null;
  if (typeof value === 'string') return cleanText(value, maxAnswerLength);
  if (!isJson(value)) throw new UnreadableItem(name, 'JSON');
  return cleanText(JSON.stringify(value), maxAnswerLength);
}

/** Our own message id, where a platform gave back what we sent along; else null. */
export function ourId(value: unknown): string | null {
  return isUuid(value) ? value.toLowerCase() : null;
}

/**
 * A platform's time in milliseconds: given in seconds or milliseconds, as a number or text. A missing or impossible one
 * becomes the time of receipt, and nothing lies in the future.
 */
export function timeOf(value: unknown, receivedAt: number): number {
  const number = typeof value === 'string' && /^\d{1,17}$/.test(value) ? Number(value) : value;
  if (absent(number)) return receivedAt;
  if (typeof number !== 'number') throw new UnreadableItem('timestamp', 'a time');
  if (!Number.isFinite(number) || number <= 0) return receivedAt;
  // 10^11 seconds lie in the year 5138, 10^11 milliseconds in 1973.
  const milliseconds = number < 1e11 ? number * 1_000 : number;
  return milliseconds > receivedAt + 86_400_000 ? receivedAt : Math.floor(milliseconds);
}

/** An external id for something that the platform gives none to: the same event gives the same id. */
export function syntheticId(kind: string, ...parts: readonly (string | number | null)[]): string {
  return `${kind}:${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)}`;
}

/** The platform's word for something we have no name for, fit to be stored and shown. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z0-9_.-]{1,60}$/.test(value) ? value : 'unknown';
}

function absent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}
