import { MessageKind } from '../enums.js';
import type { InboundAttachment, MessageContent, MessageEvent } from '../inbound-event.js';
import {
  type Json,
  UnreadableItem,
  isJson,
  jsonAt,
  jsonList,
  maybeId,
  maybeJson,
  maybeJsonText,
  maybeNumber,
  maybeText,
  maybeUrl,
  wordOf,
} from '../wire/reading.js';

type Content = Pick<MessageEvent, 'kind' | 'text' | 'attachments' | 'replyToExternalId' | 'content'>;
type Part = Pick<Content, 'kind'> & Partial<Content>;

const media: Readonly<Record<string, MessageKind>> = {
  image: MessageKind.IMAGE,
  audio: MessageKind.AUDIO,
  voice: MessageKind.AUDIO,
  video: MessageKind.VIDEO,
  document: MessageKind.FILE,
  sticker: MessageKind.STICKER,
};

/** What a WhatsApp message holds, whoever wrote it. */
export function whatsAppContent(type: string, body: Json): Content {
  const part = partOf(type, body);
  const context = maybeJson(body, 'context') ?? {};
  const referral = referralOf(body, context);
  const content = { ...part.content, ...(referral && { referral }) };
  return {
    kind: part.kind,
    text: part.text || null,
    attachments: part.attachments ?? [],
    replyToExternalId: maybeId(context, 'id'),
    content: Object.keys(content).length === 0 ? null : content,
  };
}

function partOf(type: string, body: Json): Part {
  if (Object.hasOwn(media, type)) return file(media[type] ?? MessageKind.FILE, jsonAt(body, type));
  switch (type) {
    case 'text':
      return { kind: MessageKind.TEXT, text: maybeText(jsonAt(body, 'text'), 'body') ?? '' };
    case 'location':
      return location(jsonAt(body, 'location'));
    case 'contacts':
      return { kind: MessageKind.CONTACTS, content: { contactCards: jsonList(body, 'contacts').map(card) } };
    case 'interactive':
      return interactive(jsonAt(body, 'interactive'));
    case 'button': {
      const button = jsonAt(body, 'button');
      return pressed(maybeText(button, 'text', 1_000), maybeText(button, 'payload', 2_000));
    }
    case 'order':
      return order(jsonAt(body, 'order'));
    default:
      return { kind: MessageKind.UNSUPPORTED, content: { unsupported: unsupportedName(type, body) } };
  }
}

function file(kind: MessageKind, body: Json): Part {
  const mediaId = maybeId(body, 'id');
  // The address that comes along lives minutes; the id is asked for a fresh one.
  const source = mediaId === null ? null : { url: null, mediaId, sha256: maybeText(body, 'sha256', 200) };
  const attachment: InboundAttachment = {
    kind,
    name: maybeText(body, 'filename', 500),
    contentType: maybeText(body, 'mime_type', 200),
    source,
    link: null,
  };
  return { kind, text: maybeText(body, 'caption'), attachments: [attachment] };
}

function location(body: Json): Part {
  const latitude = maybeNumber(body, 'latitude');
  const longitude = maybeNumber(body, 'longitude');
  if (latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    throw new UnreadableItem('location', 'a place on earth');
  }
  const place = {
    latitude,
    longitude,
    name: maybeText(body, 'name', 1_000),
    address: maybeText(body, 'address', 2_000),
  };
  return { kind: MessageKind.LOCATION, content: { location: place } };
}

function card(body: Json) {
  const name = maybeJson(body, 'name') ?? {};
  return {
    name: maybeText(name, 'formatted_name', 500) ?? maybeText(name, 'first_name', 500),
    phones: jsonList(body, 'phones')
      .map((phone) => maybeText(phone, 'phone', 60) ?? maybeId(phone, 'wa_id'))
      .filter((phone) => phone !== null),
    emails: jsonList(body, 'emails')
      .map((email) => maybeText(email, 'email', 320))
      .filter((email) => email !== null),
  };
}

function interactive(body: Json): Part {
  const type = maybeText(body, 'type', 60) ?? 'unknown';
  if (type === 'button_reply' || type === 'list_reply') {
    const reply = jsonAt(body, type);
    return pressed(maybeText(reply, 'title', 1_000), maybeText(reply, 'id', 2_000));
  }
  if (type === 'nfm_reply') {
    const reply = jsonAt(body, 'nfm_reply');
    return pressed(
      maybeText(reply, 'body', 1_000) ?? maybeText(reply, 'name', 1_000),
      maybeJsonText(reply, 'response_json'),
    );
  }
  return { kind: MessageKind.UNSUPPORTED, content: { unsupported: `interactive:${wordOf(type)}` } };
}

function pressed(title: string | null, payload: string | null): Part {
  return { kind: MessageKind.POSTBACK, text: title, content: { postback: { title, payload } } };
}

/** A cart has no kind of its own: its lines are shown, so that somebody can serve it. */
function order(body: Json): Part {
  const lines = jsonList(body, 'product_items')
    .slice(0, 100)
    .map((item) => {
      const price = maybeNumber(item, 'item_price');
      const cost =
        price === null ? '' : ` (${String(price)} ${maybeText(item, 'currency', 10) ?? ''})`.replace(' )', ')');
      return `${String(maybeNumber(item, 'quantity') ?? 1)} × ${maybeId(item, 'product_retailer_id') ?? '?'}${cost}`;
    });
  const text = [maybeText(body, 'text'), ...lines].filter((line) => line !== null && line !== '').join('\n');
  return { kind: MessageKind.UNSUPPORTED, text, content: { unsupported: 'order' } };
}

/** The word for what could not be carried: the platform's own where it names one inside `unsupported`. */
function unsupportedName(type: string, body: Json): string {
  const inner = isJson(body['unsupported']) ? wordOf(body['unsupported']['type']) : 'unknown';
  return type === 'unsupported' && inner !== 'unknown' ? inner : wordOf(type);
}

/** The ad or the product that a message came from. */
function referralOf(body: Json, context: Json): MessageContent['referral'] | null {
  const ad = maybeJson(body, 'referral');
  if (ad !== null) {
    return {
      source: maybeText(ad, 'source_type', 60),
      adId: maybeId(ad, 'source_id'),
      ref: maybeText(ad, 'ctwa_clid', 2_100),
      url: maybeUrl(ad, 'source_url'),
    };
  }
  const product = maybeJson(context, 'referred_product');
  return product === null
    ? null
    : { source: 'PRODUCT', adId: null, ref: maybeId(product, 'product_retailer_id'), url: null };
}
