import { createHash } from 'node:crypto';
import { wamid } from '../ids.ts';
import { compact, num, obj, str, type Obj } from '../json.ts';
import { sampleMedia } from '../media/store.ts';
import type { SampleKind } from '../media/samples.ts';
import { guardedMediaUrl } from '../media/urls.ts';
import type { Account, Customer, Media } from '../world/model.ts';
import type { World } from '../world/world.ts';
import type { BuiltEvent } from './built-event.ts';
import { accountEvent, systemEvent } from './whatsapp-account-events.ts';
import { whatsappBody, whatsappContact, whatsappMetadata } from './whatsapp-receipts.ts';

/** Kinds that are messages of the customer, each with its own member. */
const MEDIA: Record<string, SampleKind> = {
  image: 'jpeg',
  audio: 'ogg',
  voice: 'ogg',
  video: 'mp4',
  document: 'pdf',
  sticker: 'webp',
};

/** Builds an event that a customer (or the platform) causes at a WhatsApp number. Undefined for a kind that does not exist. */
export function whatsappEvent(world: World, account: Account, customer: Customer, event: Obj): BuiltEvent | undefined {
  const kind = str(event['kind']) ?? 'text';
  if (kind in MEDIA) return mediaEvent(world, account, customer, event, kind);
  const text = str(event['text']);
  switch (kind) {
    case 'text':
      return message(account, customer, event, { type: 'text', text: { body: text ?? 'merhaba' } }, text ?? 'merhaba');
    case 'location': {
      const location = compact({
        latitude: num(event['latitude']) ?? 41.01,
        longitude: num(event['longitude']) ?? 28.97,
        name: str(event['name']) ?? 'Shop',
        address: str(event['address']) ?? 'Street 1',
        url: str(event['url']),
      });
      return message(account, customer, event, { type: 'location', location }, `📍 ${String(location['name'])}`);
    }
    case 'contacts': {
      const contacts = event['contacts'] ?? [
        {
          name: { first_name: 'Ali', formatted_name: 'Ali K' },
          org: { company: 'X' },
          phones: [{ phone: '+90 555 000 00 88', wa_id: '905550000088', type: 'CELL' }],
        },
      ];
      return message(account, customer, event, { type: 'contacts', contacts }, 'Contact card');
    }
    case 'button_reply': {
      const reply = { id: str(event['payload']) ?? 'yes-1', title: text ?? 'Yes' };
      return message(
        account,
        customer,
        event,
        { type: 'interactive', interactive: { type: 'button_reply', button_reply: reply } },
        reply.title,
      );
    }
    case 'list_reply': {
      const reply = compact({
        id: str(event['payload']) ?? 'row-1',
        title: text ?? 'Size M',
        description: str(event['description']) ?? 'in stock',
      });
      return message(
        account,
        customer,
        event,
        { type: 'interactive', interactive: { type: 'list_reply', list_reply: reply } },
        String(reply['title']),
      );
    }
    case 'nfm_reply': {
      const response = event['response'] ?? { flow_token: 't1', size: 'M' };
      const reply = {
        name: 'flow',
        body: 'Sent',
        response_json: event['asObject'] === true ? response : JSON.stringify(response),
      };
      return message(
        account,
        customer,
        event,
        { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: reply } },
        'Form sent',
      );
    }
    case 'button': {
      const context = { from: account.displayPhoneNumber, id: str(event['targetId']) ?? 'wamid.tmpl' };
      return message(
        account,
        customer,
        event,
        { type: 'button', context, button: { payload: str(event['payload']) ?? 'STOP', text: text ?? 'Stop' } },
        text ?? 'Stop',
      );
    }
    case 'reaction': {
      const reaction = compact({
        message_id: str(event['targetId']) ?? '',
        emoji: event['remove'] === true ? undefined : (str(event['emoji']) ?? '👍'),
      });
      const built = message(account, customer, event, { type: 'reaction', reaction });
      return {
        ...built,
        apply: () => world.react(str(reaction['message_id']) ?? '', 'customer', str(reaction['emoji'])),
      };
    }
    case 'order': {
      const items = event['items'] ?? [{ product_retailer_id: 'SKU1', quantity: 2, item_price: 99.9, currency: 'TRY' }];
      return message(
        account,
        customer,
        event,
        { type: 'order', order: { catalog_id: '4400000000001', text: text ?? 'note', product_items: items } },
        '🛒 Order',
      );
    }
    case 'system':
      return systemEvent(world, account, customer, event);
    case 'unsupported': {
      const errors = [
        {
          code: 131051,
          title: 'Message type unknown',
          message: 'Message type unknown',
          error_data: { details: 'Message type is currently not supported.' },
        },
      ];
      return message(
        account,
        customer,
        event,
        { type: str(event['type']) ?? 'unsupported', errors },
        'Something that this channel cannot carry',
      );
    }
    default:
      return accountEvent(world, account, customer, event, kind);
  }
}

/** A message of the customer in its envelope, with contact, context and ad referral. */
function message(
  account: Account,
  customer: Customer,
  event: Obj,
  content: Obj,
  shown?: string,
  media?: { media: Media; mediaType: string },
): BuiltEvent {
  const id = str(event['id']) ?? wamid();
  const replyTo = str(event['replyTo']);
  const context =
    content['context'] ??
    (replyTo !== undefined
      ? { from: account.displayPhoneNumber, id: replyTo }
      : event['forwarded'] === true
        ? { forwarded: true }
        : undefined);
  const referral = event['adReferral'] === true ? AD : obj(event['adReferral']);
  const item = compact({
    from: customer.phone,
    from_user_id: customer.userId,
    id,
    timestamp: str(event['timestamp']) ?? String(Math.floor(Date.now() / 1000)),
    ...content,
    context,
    referral,
  });
  const value = { ...whatsappMetadata(account), contacts: [whatsappContact(customer)], messages: [item] };
  return {
    body: whatsappBody(account, value),
    ids: [id],
    ...((shown !== undefined || media) && {
      shown: {
        id,
        ...(shown !== undefined && { text: shown }),
        ...(media && { media: media.media, mediaType: media.mediaType }),
        ...(replyTo !== undefined && { replyTo }),
      },
    }),
  };
}

const AD: Obj = {
  source_url: 'https://fb.me/sandbox',
  source_id: '6000000000001',
  source_type: 'ad',
  headline: 'Summer',
  body: 'Everything must go',
  media_type: 'image',
  image_url: 'https://cdn.example/p.jpg',
  ctwa_clid: 'sandbox-click-1',
  welcome_message: { text: 'How can we help?' },
};

function mediaEvent(world: World, account: Account, customer: Customer, event: Obj, kind: string): BuiltEvent {
  const media = sampleMedia(world, MEDIA[kind] ?? 'png', account.id);
  const type = kind === 'voice' ? 'audio' : kind;
  const caption = ['image', 'video', 'document'].includes(type)
    ? (str(event['caption']) ?? str(event['text']))
    : undefined;
  const part = compact({
    caption,
    filename: type === 'document' ? (str(event['filename']) ?? media.filename) : undefined,
    mime_type: media.mimeType,
    sha256: createHash('sha256').update(media.bytes).digest('base64'),
    id: media.id,
    url: guardedMediaUrl(world, media.id),
    voice: type === 'audio' ? kind === 'voice' : undefined,
    animated: type === 'sticker' ? false : undefined,
  });
  return message(account, customer, event, { type, [type]: part }, caption, { media, mediaType: type });
}
