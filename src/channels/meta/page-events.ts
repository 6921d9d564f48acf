import { MessageKind } from '../enums.js';
import type { Customer, InboundEvent } from '../inbound-event.js';
import { type PageItem, pageCustomer, pageReferral } from './page-item.js';
import { pageMessage } from './page-messages.js';
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
  syntheticId,
  timeOf,
  wordOf,
} from '../wire/reading.js';

/** Of consequence to the platform's own bookkeeping, not to an inbox. */
const ignored = [
  'pass_thread_control',
  'take_thread_control',
  'request_thread_control',
  'app_roles',
  'policy_enforcement',
  'policy-enforcement',
  'optin',
  'account_linking',
  'response_feedback',
  'checkout_update',
  'payment',
  'pre_checkout',
  'game_play',
] as const;

/** Interprets one item of topic `messages` of a Page or an Instagram account. */
export function interpretPageItem(payload: unknown, receivedAt: number, ourAppId: string): InboundEvent[] {
  if (!isJson(payload)) throw new UnreadableItem('the item', 'an object');
  const entry = jsonList(payload, 'entry')[0] ?? {};
  const standby = jsonList(entry, 'standby')[0] ?? null;
  const change = jsonList(entry, 'changes')[0] ?? null;
  const item = standby ?? jsonList(entry, 'messaging')[0] ?? (change === null ? null : jsonAt(change, 'value'));
  if (item === null) throw new UnreadableItem('the item', 'a message or a change');
  const time = item['timestamp'] ?? entry['time'];
  const at = timeOf(time, receivedAt);
  const read: PageItem = {
    item,
    accountId: idAt(entry, 'id'),
    standby: standby !== null || change?.['field'] === 'standby',
    at,
    stamp: typeof time === 'string' || typeof time === 'number' ? time : at,
    ourAppId,
  };
  return interpret(read);
}

function interpret(read: PageItem): InboundEvent[] {
  const { item } = read;
  if (isJson(item['message'])) return pageMessage(read, item['message']);
  if (isJson(item['postback'])) return [postback(read, item['postback'])];
  if (isJson(item['delivery'])) return deliveries(read, item['delivery']);
  if (isJson(item['read'])) return [seen(read, item['read'])];
  if (isJson(item['reaction'])) return [reaction(read, item['reaction'])];
  if (isJson(item['message_edit'])) return [edit(read, item['message_edit'])];
  if (isJson(item['order'])) return [cart(read)];
  const known = ignored.find((name) => item[name] !== undefined);
  if (known !== undefined) return [{ type: 'ignored', at: read.at, what: known }];
  if (isJson(item['referral'])) return [referral(read, item['referral'])];
  for (const name of ['message', 'postback', 'delivery', 'read', 'reaction', 'message_edit', 'referral']) {
    if (item[name] !== undefined) throw new UnreadableItem(name, 'an object');
  }
  const what = Object.keys(item).find((name) => !['sender', 'recipient', 'timestamp'].includes(name));
  return [{ type: 'ignored', at: read.at, what: `unknown:${wordOf(what)}` }];
}

function postback(read: PageItem, body: Json): InboundEvent {
  const customer = pageCustomer(read);
  const title = maybeText(body, 'title', 1_000);
  const payload = maybeText(body, 'payload', 2_000);
  const referral = pageReferral(body);
  const externalId =
    maybeId(body, 'mid') ?? syntheticId('postback', customer.addresses[0].externalId, read.stamp, payload ?? title);
  return {
    ...inboundBase(read, customer, externalId),
    kind: MessageKind.POSTBACK,
    text: title,
    content: { postback: { title, payload }, ...(referral && { referral }) },
  };
}

function referral(read: PageItem, body: Json): InboundEvent {
  const customer = pageCustomer(read);
  const content = pageReferral({ referral: body });
  const externalId = syntheticId(
    'referral',
    customer.addresses[0].externalId,
    read.stamp,
    content?.source ?? null,
    content?.ref ?? null,
    content?.adId ?? null,
  );
  return {
    ...inboundBase(read, customer, externalId),
    kind: MessageKind.POSTBACK,
    text: null,
    content: content ? { referral: content } : null,
  };
}

function cart(read: PageItem): InboundEvent {
  const customer = pageCustomer(read);
  const externalId = syntheticId('order', customer.addresses[0].externalId, read.stamp);
  return {
    ...inboundBase(read, customer, externalId),
    kind: MessageKind.UNSUPPORTED,
    text: null,
    content: { unsupported: 'order' },
  };
}

function inboundBase(read: PageItem, customer: Customer, externalId: string) {
  return {
    type: 'message',
    at: read.at,
    from: 'contact',
    externalId,
    customer,
    attachments: [],
    replyToExternalId: null,
    ourMessageId: null,
    ours: false,
    standby: read.standby,
  } as const;
}

function deliveries(read: PageItem, body: Json): InboundEvent[] {
  const watermark = maybeNumber(body, 'watermark');
  const until = timeOf(watermark, read.at);
  const list = body['mids'];
  if (list !== undefined && list !== null && !Array.isArray(list)) throw new UnreadableItem('mids', 'a list');
  if (list === undefined || list === null || list.length === 0) {
    if (watermark === null) throw new UnreadableItem('watermark', 'a time');
    return [{ type: 'watermark', at: read.at, customer: pageCustomer(read), status: 'DELIVERED', until }];
  }
  return list.map((mid) =>
    receipt(read, idAt({ mid: mid as unknown }, 'mid'), 'DELIVERED', watermark === null ? read.at : until),
  );
}

function seen(read: PageItem, body: Json): InboundEvent {
  const mid = maybeId(body, 'mid');
  if (mid !== null) return receipt(read, mid, 'READ', read.at);
  const watermark = maybeNumber(body, 'watermark');
  if (watermark === null) throw new UnreadableItem('read', 'a watermark or a message');
  return {
    type: 'watermark',
    at: read.at,
    customer: pageCustomer(read),
    status: 'READ',
    until: timeOf(watermark, read.at),
  };
}

function receipt(_: PageItem, mid: string, status: 'DELIVERED' | 'READ', at: number): InboundEvent {
  return { type: 'receipt', at, messageExternalId: mid, ourMessageId: null, status, error: null, errorCode: null };
}

const emojiOf: Readonly<Record<string, string>> = {
  smile: '😆',
  angry: '😠',
  sad: '😢',
  wow: '😮',
  love: '❤️',
  like: '👍',
  dislike: '👎',
};

function reaction(read: PageItem, body: Json): InboundEvent {
  const byBusiness = maybeId(maybeJson(read.item, 'sender') ?? {}, 'id') === read.accountId;
  const name = maybeText(body, 'reaction', 60) ?? '';
  const emoji = maybeText(body, 'emoji', 60) ?? (Object.hasOwn(emojiOf, name) ? (emojiOf[name] ?? null) : null);
  return {
    type: 'reaction',
    at: read.at,
    messageExternalId: idAt(body, 'mid'),
    by: byBusiness ? 'business' : 'contact',
    customer: pageCustomer(read, byBusiness ? 'recipient' : 'sender'),
    emoji: body['action'] === 'unreact' ? null : emoji === null || emoji === '' ? '👍' : emoji,
  };
}

function edit(read: PageItem, body: Json): InboundEvent {
  const text = maybeText(body, 'text');
  const number = maybeNumber(body, 'num_edit') ?? 1;
  // Instagram is seen to send edit number 0 without a text for messages that nobody edited.
  if (text === null || number < 1) return { type: 'ignored', at: read.at, what: 'message_edit' };
  return {
    type: 'edit',
    at: read.at,
    messageExternalId: idAt(body, 'mid'),
    text,
    number: Math.min(1_000, Math.floor(number)),
  };
}
