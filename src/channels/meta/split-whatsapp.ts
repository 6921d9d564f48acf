import type { BrokenPart, SplitItem } from '../delivery-splitter.js';
import { ChannelKind } from '../enums.js';
import { accountNames, brokenPart, itemsOf, lengthOf, phoneNumberOf } from './envelope.js';
import { type Json, UnreadableItem, idAt, isJson, jsonAt } from '../wire/reading.js';

const object = 'whatsapp_business_account';
/** The lists of a change's value of which each member is an event of its own. */
const lists = ['messages', 'statuses', 'message_echoes', 'user_id_update', 'user_preferences', 'errors'] as const;
const messageFields = new Set(['messages', 'smb_message_echoes', 'user_id_update', 'user_preferences']);
/** Fields about the business account; they name no number, or one whose state changed. */
const otherFields = new Set(['history', 'smb_app_state_sync']);

/** How many items an entry would be cut into, at most. */
export function countWhatsAppItems(entry: unknown): number {
  const changes: unknown = isJson(entry) ? entry['changes'] : null;
  if (!Array.isArray(changes)) return 0;
  return (changes as unknown[]).reduce<number>((sum, change) => {
    const value = isJson(change) ? change['value'] : null;
    return sum + 1 + (isJson(value) ? lists.reduce((inside, list) => inside + lengthOf(value[list]), 0) : 0);
  }, 0);
}

/** Cuts an entry of a WhatsApp business account: each message, status and change by itself. */
export function splitWhatsAppEntry(entry: unknown): { items: SplitItem[]; broken: BrokenPart[] } {
  const items: SplitItem[] = [];
  const broken: BrokenPart[] = [];
  try {
    if (!isJson(entry)) throw new UnreadableItem('entry', 'an object');
    const waba = idAt(entry, 'id');
    for (const change of itemsOf(entry, 'changes')) {
      const own = { id: entry['id'], time: entry['time'], changes: [change] };
      try {
        if (!isJson(change)) throw new UnreadableItem('changes', 'a list of objects');
        splitChange(waba, own, change, items, broken);
      } catch (error) {
        broken.push(brokenPart(object, own, accountOf(change), error));
      }
    }
  } catch (error) {
    broken.push(brokenPart(object, entry, null, error));
  }
  return { items, broken };
}

function splitChange(waba: string, entry: Json, change: Json, items: SplitItem[], broken: BrokenPart[]): void {
  const field = typeof change['field'] === 'string' ? change['field'] : 'unknown';
  const value = jsonAt(change, 'value');
  const phoneNumberId = phoneNumberOf(value);
  const account = phoneNumberId === null ? accountNames.waba(waba) : accountNames.whatsapp(phoneNumberId);
  const item = { account, kind: ChannelKind.WHATSAPP } as const;
  if (!messageFields.has(field)) {
    const topic = otherFields.has(field) ? 'other' : 'account';
    items.push({ ...item, topic, payload: { object, entry: [entry] } });
    return;
  }
  const contacts = contactsById(value);
  const head = { messaging_product: value['messaging_product'], metadata: value['metadata'] };
  for (const list of lists) {
    for (const member of itemsOf(value, list)) {
      const own = { ...head, ...contactOf(contacts, member), [list]: [member] };
      const envelope = { ...entry, changes: [{ field, value: own }] };
      if (!isJson(member))
        broken.push(brokenPart(object, envelope, account, new UnreadableItem(list, 'a list of objects')));
      else items.push({ ...item, topic: 'messages', payload: { object, entry: [envelope] } });
    }
  }
}

interface Contacts {
  readonly all: readonly unknown[];
  readonly byId: ReadonlyMap<string, unknown>;
}

function contactsById(value: Json): Contacts {
  // What the contacts are matters to the message alone: here an odd one is only not found.
  const all = Array.isArray(value['contacts']) ? (value['contacts'] as unknown[]) : [];
  const byId = new Map<string, unknown>();
  for (const contact of all) {
    if (!isJson(contact)) continue;
    for (const id of [contact['wa_id'], contact['user_id']].map(keyOf)) if (id !== null) byId.set(id, contact);
  }
  return { all, byId };
}

/** The contact that a member of the lists is about; the only one there is, where nothing says otherwise. */
function contactOf(contacts: Contacts, member: unknown): { contacts?: unknown[] } {
  if (contacts.all.length === 0 || !isJson(member)) return {};
  const ids = [
    member['from_user_id'],
    member['recipient_user_id'],
    member['from'],
    member['recipient_id'],
    member['to'],
  ];
  for (const id of ids.map(keyOf)) {
    const contact = id === null ? undefined : contacts.byId.get(id);
    if (contact !== undefined) return { contacts: [contact] };
  }
  return contacts.all.length === 1 ? { contacts: [contacts.all[0]] } : {};
}

function keyOf(id: unknown): string | null {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

function accountOf(change: unknown): string | null {
  try {
    const phoneNumberId = isJson(change) ? phoneNumberOf(jsonAt(change, 'value')) : null;
    return phoneNumberId === null ? null : accountNames.whatsapp(phoneNumberId);
  } catch {
    return null;
  }
}
