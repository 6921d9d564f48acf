import type { Address, Customer, InboundEvent } from '../inbound-event.js';
import { graphErrorWords } from './graph-errors.js';
import {
  type Json,
  UnreadableItem,
  idAt,
  isJson,
  jsonAt,
  jsonList,
  maybeId,
  maybeJson,
  maybeNumber,
  maybeText,
  ourId,
  timeOf,
  wordOf,
} from '../wire/reading.js';
import { whatsAppContent } from './whatsapp-messages.js';

/** Interprets one item of topic `messages` of a WhatsApp number. */
export function interpretWhatsAppItem(payload: unknown, receivedAt: number): InboundEvent[] {
  if (!isJson(payload)) throw new UnreadableItem('the item', 'an object');
  const change = jsonList(jsonList(payload, 'entry')[0] ?? {}, 'changes')[0] ?? {};
  const value = jsonAt(change, 'value');
  const events = (list: string, read: (member: Json, value: Json, at: number) => InboundEvent[]) =>
    jsonList(value, list).flatMap((member) => read(member, value, timeOf(member['timestamp'], receivedAt)));
  return [
    ...events('messages', message),
    ...events('statuses', status),
    ...events('message_echoes', echo),
    ...events('user_id_update', idUpdate),
    ...events('user_preferences', (_member, _value, at) => [{ type: 'ignored', at, what: 'user_preferences' }]),
    ...events('errors', (error, _value, at) => [
      { type: 'ignored', at, what: `error:${String(maybeNumber(error, 'code') ?? 0)}` },
    ]),
  ];
}

function message(body: Json, value: Json, at: number): InboundEvent[] {
  const type = maybeText(body, 'type', 60) ?? 'unknown';
  if (type === 'system') return system(body, at);
  if (type === 'revoke' || type === 'edit') return correction(type, body, at);
  const customer = customerOf(value, maybeId(body, 'from'), maybeId(body, 'from_user_id'));
  if (type === 'reaction') return [reaction(jsonAt(body, 'reaction'), customer, 'contact', at)];
  return [
    {
      type: 'message',
      at,
      from: 'contact',
      externalId: idAt(body, 'id'),
      customer,
      ...whatsAppContent(type, body),
      ourMessageId: null,
      ours: false,
      standby: false,
    },
  ];
}

/** What the business wrote in its own WhatsApp app, on a number that is used in both places. */
function echo(body: Json, value: Json, at: number): InboundEvent[] {
  const type = maybeText(body, 'type', 60) ?? 'unknown';
  if (type === 'revoke' || type === 'edit') return correction(type, body, at);
  const customer = customerOf(value, maybeId(body, 'to'), maybeId(body, 'to_user_id'));
  if (type === 'reaction') return [reaction(jsonAt(body, 'reaction'), customer, 'business', at)];
  return [
    {
      type: 'message',
      at,
      from: 'business',
      externalId: idAt(body, 'id'),
      customer,
      ...whatsAppContent(type, body),
      ourMessageId: ourId(body['biz_opaque_callback_data']),
      ours: false,
      standby: false,
    },
  ];
}

function reaction(body: Json, customer: Customer, by: 'contact' | 'business', at: number): InboundEvent {
  const emoji = maybeText(body, 'emoji', 60);
  return {
    type: 'reaction',
    at,
    messageExternalId: idAt(body, 'message_id'),
    by,
    customer,
    emoji: emoji === '' ? null : emoji,
  };
}

function correction(type: 'revoke' | 'edit', body: Json, at: number): InboundEvent[] {
  const correction = jsonAt(body, type);
  const messageExternalId = idAt(correction, 'original_message_id');
  if (type === 'revoke') return [{ type: 'unsend', at, messageExternalId }];
  const corrected = jsonAt(correction, 'message');
  const { text } = whatsAppContent(maybeText(corrected, 'type', 60) ?? 'text', corrected);
  if (text === null) return [{ type: 'ignored', at, what: 'edit' }];
  // WhatsApp does not number edits; their seconds keep them in order.
  return [{ type: 'edit', at, messageExternalId, text, number: Math.floor(at / 1_000) }];
}

/** The addresses of a person: the business-scoped id where there is one, for it stays, and the phone number. */
function customerOf(value: Json, phone: string | null, userId: string | null): Customer {
  const contact = jsonList(value, 'contacts')[0] ?? {};
  const profile = maybeJson(contact, 'profile') ?? {};
  const number = phone ?? maybeId(contact, 'wa_id');
  const stable = userId ?? maybeId(contact, 'user_id');
  const username = maybeText(profile, 'username', 200);
  const addresses: Address[] = [];
  if (stable !== null && stable !== number)
    addresses.push({ externalId: stable, handle: username === null ? null : `@${username.replace(/^@/, '')}` });
  if (number !== null) addresses.push(addressOf(number));
  const [first, ...rest] = addresses;
  if (first === undefined) throw new UnreadableItem('from', 'an id');
  return { addresses: [first, ...rest], name: maybeText(profile, 'name', 200) || null };
}

function addressOf(externalId: string): Address {
  return { externalId, handle: /^\d{5,20}$/.test(externalId) ? `+${externalId}` : null };
}

const statuses = { sent: 'SENT', delivered: 'DELIVERED', read: 'READ', played: 'READ', failed: 'FAILED' } as const;

function status(body: Json, _: Json, at: number): InboundEvent[] {
  const word = maybeText(body, 'status', 60) ?? 'unknown';
  if (!Object.hasOwn(statuses, word)) return [{ type: 'ignored', at, what: `status:${wordOf(word)}` }];
  const failure = word === 'failed' ? (jsonList(body, 'errors')[0] ?? {}) : null;
  const errorCode = failure === null ? null : maybeNumber(failure, 'code');
  return [
    {
      type: 'receipt',
      at,
      messageExternalId: idAt(body, 'id'),
      ourMessageId: ourId(body['biz_opaque_callback_data']),
      status: statuses[word as keyof typeof statuses],
      error: failure === null ? null : graphErrorWords(errorCode, null),
      errorCode,
    },
  ];
}

function system(body: Json, at: number): InboundEvent[] {
  const what = jsonAt(body, 'system');
  const type = maybeText(what, 'type', 60) ?? 'unknown';
  if (type === 'user_changed_number' || type === 'customer_changed_number') {
    return change(
      at,
      type,
      maybeId(body, 'from') ?? maybeId(what, 'customer'),
      maybeId(what, 'wa_id') ?? maybeId(what, 'new_wa_id'),
    );
  }
  if (type === 'user_changed_user_id') {
    const ids = isJson(what['user_id']) ? what['user_id'] : null;
    const previous =
      ids === null ? (maybeId(what, 'previous_user_id') ?? maybeId(body, 'from_user_id')) : maybeId(ids, 'previous');
    return change(at, type, previous, ids === null ? maybeId(what, 'user_id') : maybeId(ids, 'current'));
  }
  return [{ type: 'ignored', at, what: `system:${wordOf(type)}` }];
}

function idUpdate(body: Json, _: Json, at: number): InboundEvent[] {
  const ids = jsonAt(body, 'user_id');
  return change(at, 'user_id_update', maybeId(ids, 'previous'), maybeId(ids, 'current'));
}

function change(at: number, what: string, previous: string | null, current: string | null): InboundEvent[] {
  if (previous === null || current === null || previous === current) return [{ type: 'ignored', at, what }];
  return [{ type: 'address-change', at, previous, current: addressOf(current) }];
}
