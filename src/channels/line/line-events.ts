import { MessageKind } from '../enums.js';
import type { Customer, InboundAttachment, InboundEvent, MessageEvent } from '../inbound-event.js';
import {
  type Json,
  UnreadableItem,
  idAt,
  isJson,
  jsonAt,
  maybeId,
  maybeJson,
  maybeNumber,
  maybeText,
  timeOf,
  wordOf,
} from '../wire/reading.js';

type Content = Pick<MessageEvent, 'kind' | 'text' | 'attachments' | 'content'>;

const media: Readonly<Record<string, MessageKind>> = {
  image: MessageKind.IMAGE,
  video: MessageKind.VIDEO,
  audio: MessageKind.AUDIO,
  file: MessageKind.FILE,
  sticker: MessageKind.STICKER,
};

/** Interprets one event of a call, in the envelope that it was stored in. */
export function interpretLineItem(payload: unknown, receivedAt: number): InboundEvent[] {
  const event = eventIn(payload);
  const at = timeOf(event['timestamp'], receivedAt);
  const type = wordOf(event['type']);
  const source = maybeJson(event, 'source') ?? {};
  // What people say to one another in a group is not for the business.
  if (source['type'] !== 'user') return [{ type: 'ignored', at, what: `source:${wordOf(source['type'])}` }];
  const customer: Customer = { addresses: [{ externalId: idAt(source, 'userId'), handle: null }], name: null };
  switch (type) {
    case 'message': {
      const message = jsonAt(event, 'message');
      const base = fromContact(customer, at, idAt(message, 'id'));
      return [{ ...base, ...contentOf(message), replyToExternalId: maybeId(message, 'quotedMessageId') }];
    }
    case 'postback': {
      const payload = maybeText(jsonAt(event, 'postback'), 'data', 2_000);
      const base = fromContact(customer, at, `event:${idAt(event, 'webhookEventId')}`);
      const content = { postback: { title: null, payload } };
      return [{ ...base, kind: MessageKind.POSTBACK, text: null, attachments: [], content }];
    }
    case 'unsend':
      return [{ type: 'unsend', at, messageExternalId: idAt(jsonAt(event, 'unsend'), 'messageId') }];
    case 'follow':
    case 'unfollow':
      return [{ type: 'reach', at, customer, reachable: type === 'follow' }];
    default:
      return [{ type: 'ignored', at, what: `unknown:${type}` }];
  }
}

function eventIn(payload: unknown): Json {
  const body = isJson(payload) ? jsonAt(payload, 'body') : {};
  const [event] = Array.isArray(body['events']) ? (body['events'] as unknown[]) : [];
  if (!isJson(event)) throw new UnreadableItem('events', 'a list of objects');
  return event;
}

function contentOf(message: Json): Content {
  const type = wordOf(message['type']);
  const text = maybeText(message, 'text');
  const plain: Content = { kind: MessageKind.TEXT, text: text || null, attachments: [], content: null };
  if (type === 'text') return plain;
  if (type === 'location')
    return { ...plain, text: null, kind: MessageKind.LOCATION, content: { location: place(message) } };
  const kind = Object.hasOwn(media, type) ? media[type] : undefined;
  if (kind === undefined) return { ...plain, kind: MessageKind.UNSUPPORTED, content: { unsupported: type } };
  const provided = maybeJson(message, 'contentProvider')?.['type'] === 'line' || type === 'file';
  const attachment: InboundAttachment = {
    kind,
    name: maybeText(message, 'fileName', 500),
    contentType: null,
    source: provided ? { url: null, mediaId: idAt(message, 'id'), sha256: null } : null,
    link: null,
  };
  return { ...plain, kind, attachments: [attachment] };
}

function place(message: Json) {
  const [latitude, longitude] = [maybeNumber(message, 'latitude'), maybeNumber(message, 'longitude')];
  if (latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
    throw new UnreadableItem('location', 'a place on earth');
  return {
    latitude,
    longitude,
    name: maybeText(message, 'title', 1_000),
    address: maybeText(message, 'address', 2_000),
  };
}

function fromContact(customer: Customer, at: number, externalId: string) {
  const nothing = { replyToExternalId: null, ourMessageId: null, ours: false, standby: false } as const;
  return { type: 'message', at, from: 'contact', externalId, customer, ...nothing } as const;
}
