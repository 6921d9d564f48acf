import { instagramMid, messengerMid } from '../ids.ts';
import { compact, num, str, type Obj } from '../json.ts';
import type { Account, Customer, Media } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { sampleMedia } from '../media/store.ts';
import type { SampleKind } from '../media/samples.ts';
import { mediaUrl } from '../media/urls.ts';
import type { BuiltEvent } from './built-event.ts';
import { parties } from './page-receipts.ts';

const SAMPLES: Record<string, SampleKind> = {
  image: 'jpeg',
  video: 'mp4',
  audio: 'ogg',
  file: 'pdf',
  sticker: 'webp',
  story_mention: 'jpeg',
  share: 'jpeg',
  reel: 'mp4',
  ig_reel: 'mp4',
  post: 'jpeg',
  ig_post: 'jpeg',
};
/** The inbox in which a person at the business types by hand. */
const PAGE_INBOX_APP = 26390203743090;

/** An event at a Page or Instagram account with its content still to be put in the envelope. */
export interface Item {
  item: Obj;
  id?: string;
  shown?: BuiltEvent['shown'];
  apply?: () => void;
}

/** A new message id in the style of the account's channel. */
export function newMid(account: Account): string {
  return account.channel === 'messenger' ? messengerMid() : instagramMid();
}

/** What a person says or shares. Undefined for what is not a message. */
export function contentEvent(
  world: World,
  account: Account,
  customer: Customer,
  event: Obj,
  kind: string,
): Item | undefined {
  const text = str(event['text']);
  const mid = str(event['id']) ?? newMid(account);
  const replyTo = str(event['replyTo']);
  const from = parties(account, customer, 'customer', num(event['timestamp']) ?? Date.now());
  const say = (content: Obj, shown?: { text?: string; media?: Media; mediaType?: string }): Item => ({
    item: {
      ...from,
      message: compact({
        mid,
        ...content,
        ...(content['reply_to'] === undefined && replyTo !== undefined && { reply_to: { mid: replyTo } }),
      }),
    },
    id: mid,
    shown: { id: mid, ...shown, ...(replyTo !== undefined && { replyTo }) },
  });
  const attach = (type: string, payload: Obj, shown: { text?: string; media?: Media; mediaType?: string }): Item =>
    say({ text: str(event['caption']), attachments: [{ type, payload }] }, shown);

  const sample = SAMPLES[kind];
  if (sample) {
    const media = sampleMedia(world, sample, account.id);
    const payload = compact({
      url: str(event['url']) ?? mediaUrl(world, media.id),
      title:
        kind === 'share' || kind.endsWith('post') || kind.endsWith('reel')
          ? (str(event['title']) ?? 'Summer collection')
          : undefined,
      sticker_id: kind === 'sticker' ? 369239263222822 : undefined,
      reel_video_id: kind.endsWith('reel') ? '1790000000000077' : undefined,
    });
    return attach(kind === 'reel' && account.channel === 'instagram' ? 'ig_reel' : kind, payload, {
      media,
      mediaType: kind,
    });
  }
  switch (kind) {
    case 'text':
      return say({ text: text ?? 'Merhaba' }, { text: text ?? 'Merhaba' });
    case 'quick_reply':
      return say(
        { text: text ?? 'Red', quick_reply: { payload: str(event['payload']) ?? 'PICK_RED' } },
        { text: text ?? 'Red' },
      );
    case 'story_reply': {
      const story = { url: mediaUrl(world, sampleMedia(world, 'jpeg', account.id).id), id: '1790000000001' };
      return say({ text: text ?? 'love it', reply_to: { story } }, { text: text ?? 'love it' });
    }
    case 'ephemeral':
      return say({ attachments: [{ type: 'ephemeral' }] }, { text: 'A picture that vanishes' });
    case 'fallback':
      return say(
        {
          text: text ?? 'https://example.com/dress',
          attachments: [{ type: 'fallback', payload: { url: 'https://example.com/dress', title: 'A dress' } }],
        },
        { text: text ?? 'https://example.com/dress' },
      );
    case 'template':
      return attach(
        'template',
        { template_type: 'generic', elements: [{ title: 'A card', subtitle: 'from a share' }] },
        { text: 'A card' },
      );
    case 'appointment_booking':
      return attach('appointment_booking', { title: 'Fitting, Monday 10:00' }, { text: 'Fitting, Monday 10:00' });
    case 'ad_referral': {
      const ad = { ad_title: 'Summer', photo_url: 'https://cdn.example/p.jpg', post_id: '1_2' };
      return say(
        {
          text: text ?? 'hi',
          referral: { ref: 'r1', ad_id: '6000000000001', source: 'ADS', type: 'OPEN_THREAD', ads_context_data: ad },
        },
        { text: text ?? 'hi' },
      );
    }
    case 'product':
      return say(
        { text: text ?? 'price?', referral: { product: { id: '4400000000001' } } },
        { text: text ?? 'price?' },
      );
    case 'order':
      return {
        item: {
          ...from,
          order: {
            products: [
              {
                product_id: '4400000000001',
                retailer_id: 'SKU1',
                name: 'Dress',
                unit_price: 99.9,
                currency: 'TRY',
                quantity: 2,
              },
            ],
            note: text ?? 'note',
          },
        },
      };
    case 'unsupported':
      return say({ is_unsupported: true }, { text: 'Something that this channel cannot carry' });
    case 'inbox_echo': {
      const content = compact({
        mid,
        text: text ?? 'Typed by hand',
        is_echo: true,
        app_id: account.channel === 'messenger' ? (num(event['appId']) ?? PAGE_INBOX_APP) : undefined,
      });
      return {
        item: { ...parties(account, customer, 'account'), message: content },
        id: mid,
        shown: { id: mid, text: text ?? 'Typed by hand' },
      };
    }
    default:
      return undefined;
  }
}
