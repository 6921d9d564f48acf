import type { BrokenPart } from '../delivery-splitter.js';
import { type Json, UnreadableItem, jsonAt, maybeId } from '../wire/reading.js';

/** The account names under which Meta's events are routed. */
export const accountNames = {
  page: (id: string) => `page:${id}`,
  instagram: (id: string) => `instagram:${id}`,
  whatsapp: (phoneNumberId: string) => `whatsapp:${phoneNumberId}`,
  waba: (id: string) => `waba:${id}`,
} as const;

/** A broken part in Meta's envelope, so that it can be applied once it is understood. */
export function brokenPart(object: string, entry: unknown, account: string | null, error: unknown): BrokenPart {
  return { account, reason: reasonOf(error), body: Buffer.from(JSON.stringify({ object, entry: [entry] })) };
}

/** The items of a list that may be missing. */
export function itemsOf(parent: Json, name: string): readonly unknown[] {
  const list = parent[name];
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) throw new UnreadableItem(name, 'a list');
  return list;
}

/** How many members a list has that may be missing, or be none. */
export function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

/** The phone number that a WhatsApp change is for: the only thing that it is routed by. */
export function phoneNumberOf(value: Json): string | null {
  return value['metadata'] === undefined ? null : maybeId(jsonAt(value, 'metadata'), 'phone_number_id');
}

/** Why something could not be read, without its content. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it cannot be read';
}
