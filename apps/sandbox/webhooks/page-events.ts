import { instagramMid, messengerMid } from '../ids.ts';
import { compact, num, obj, str, type Obj } from '../json.ts';
import { sampleMedia } from '../media/store.ts';
import type { SampleKind } from '../media/samples.ts';
import { mediaUrl } from '../media/urls.ts';
import type { Account, Customer, Media } from '../world/model.ts';
import type { World } from '../world/world.ts';
import { pageBody, parties } from './page-receipts.ts';
import { markDeleted, type BuiltEvent } from './whatsapp-events.ts';

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

export const MESSENGER_KINDS = [
  'text',
  'quick_reply',
  'image',
  'video',
  'audio',
  'file',
  'sticker',
  'fallback',
  'template',
  'reel',
  'post',
  'appointment_booking',
  'ad_referral',
  'product',
  'reaction',
  'edit',
  'delivery',
  'read',
  'inbox_echo',
  'postback',
  'referral',
  'pass_thread_control',
  'take_thread_control',
  'request_thread_control',
  'app_roles',
  'policy',
  'optin',
  'account_linking',
  'response_feedback',
  'order',
  'leadgen',
  'unsend',
  'unsupported',
] as const;
export const INSTAGRAM_KINDS = [
  'text',
  'quick_reply',
  'image',
  'video',
  'audio',
  'file',
  'share',
  'story_mention',
  'story_reply',
  'reel',
  'ephemeral',
  'ad_referral',
  'reaction',
  'unsend',
  'edit',
  'unsupported',
  'read',
  'inbox_echo',
  'postback',
  'referral',
  'comment',
  'dashboard_test',
] as const;

/** An event at a Page or Instagram account with its content still to be put in the envelope. */
interface Item {
  item: Obj;
  id?: string;
  shown?: BuiltEvent['shown'];
}

/** Builds an event of Messenger or Instagram. Undefined for a kind that does not exist there. */
export function pageEvent(world: World, account: Account, customer: Customer, event: Obj): BuiltEvent | undefined {
  const kind = str(event['kind']) ?? 'text';
  const changes = changesEvent(account, customer, event, kind);
  if (changes) return changes;
  const built =
    contentEvent(world, account, customer, event, kind) ?? signalEvent(world, account, customer, event, kind);
  if (!built) return undefined;
  return {
    body: pageBody(account, built.item, event['standby'] === true ? 'standby' : 'messaging'),
    ids: built.id === undefined ? [] : [built.id],
    ...(built.shown && { shown: built.shown }),
  };
}

function newMid(account: Account): string {
  return account.channel === 'messenger' ? messengerMid() : instagramMid();
}

function contentEvent(world: World, account: Account, customer: Customer, event: Obj, kind: string): Item | undefined {
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

function signalEvent(world: World, account: Account, customer: Customer, event: Obj, kind: string): Item | undefined {
  const from = parties(account, customer, 'customer', num(event['timestamp']) ?? Date.now());
  const targetId = str(event['targetId']) ?? '';
  const target = world.messages.get(targetId);
  const metadata = str(event['metadata']) ?? '';
  const own = world.app.id;
  switch (kind) {
    case 'reaction': {
      const remove = event['remove'] === true;
      if (target) {
        if (remove) delete target.reactions['customer'];
        else target.reactions['customer'] = str(event['emoji']) ?? '❤️';
        world.changed(target);
      }
      const what = { reaction: str(event['reaction']) ?? 'love', emoji: str(event['emoji']) ?? '❤️' };
      return {
        item: {
          ...from,
          reaction: {
            mid: targetId,
            action: remove ? 'unreact' : 'react',
            ...(!(remove && account.channel === 'instagram') && what),
          },
        },
      };
    }
    case 'edit': {
      const text = str(event['text']);
      const edits = num(event['numEdit']) ?? (target ? target.edits + 1 : 1);
      if (target && text !== undefined) {
        target.text = text;
        target.edits = edits;
        world.changed(target);
      }
      const count = event['asText'] === true ? String(edits) : edits;
      return { item: { ...from, message_edit: compact({ mid: targetId, text, num_edit: count }) } };
    }
    case 'unsend':
      markDeleted(world, targetId);
      return { item: { ...from, message: { mid: targetId, is_deleted: true } } };
    case 'delivery':
      return {
        item: {
          ...from,
          delivery: compact({
            mids: event['withoutMids'] === true ? undefined : [targetId],
            watermark: num(event['watermark']) ?? Date.now(),
          }),
        },
      };
    case 'read':
      return {
        item: {
          ...from,
          read:
            account.channel === 'messenger' ? { watermark: num(event['watermark']) ?? Date.now() } : { mid: targetId },
        },
      };
    case 'postback': {
      const mid = str(event['id']) ?? newMid(account);
      const title = str(event['text']) ?? 'Get started';
      const referral =
        event['adReferral'] === true ? { ref: 'r1', source: 'SHORTLINK', type: 'OPEN_THREAD' } : undefined;
      const payload = event['standby'] === true ? undefined : (str(event['payload']) ?? 'START');
      return {
        item: { ...from, postback: compact({ mid, title, payload, referral }) },
        id: mid,
        shown: { id: mid, text: title },
      };
    }
    case 'referral': {
      const shared = { ref: str(event['ref']) ?? 'r1', type: 'OPEN_THREAD' };
      const ads =
        event['adReferral'] === true
          ? { source: 'ADS', ad_id: '6000000000001', referer_uri: 'https://example.com' }
          : { source: 'SHORTLINK' };
      return { item: { ...from, referral: { ...shared, ...ads } } };
    }
    case 'pass_thread_control':
      return {
        item: { ...from, pass_thread_control: { previous_owner_app_id: '111', new_owner_app_id: own, metadata } },
      };
    case 'take_thread_control':
      return {
        item: { ...from, take_thread_control: { previous_owner_app_id: own, new_owner_app_id: '111', metadata } },
      };
    case 'request_thread_control':
      return { item: { ...from, request_thread_control: { requested_owner_app_id: '222', metadata } } };
    case 'app_roles':
      return {
        item: { recipient: { id: account.id }, timestamp: Date.now(), app_roles: { [own]: ['primary_receiver'] } },
      };
    case 'policy':
      return {
        item: {
          recipient: { id: account.id },
          timestamp: Date.now(),
          policy_enforcement: {
            action: str(event['action']) ?? 'block',
            reason: 'The page sent too many unwanted messages.',
          },
        },
      };
    case 'optin':
      return { item: { ...from, optin: { ref: str(event['ref']) ?? 'site', type: 'notification_messages' } } };
    case 'account_linking':
      return { item: { ...from, account_linking: { status: 'linked', authorization_code: 'sandbox' } } };
    case 'response_feedback':
      return {
        item: { ...from, response_feedback: { feedback: str(event['value']) ?? 'Good response', mid: targetId } },
      };
    default:
      return undefined;
  }
}

/** Events that come as changes[] rather than as messages. */
function changesEvent(account: Account, customer: Customer, event: Obj, kind: string): BuiltEvent | undefined {
  const isPage = account.channel === 'messenger';
  const inEnvelope = (field: string, value: Obj, ids: string[] = []): BuiltEvent => ({
    body: {
      object: isPage ? 'page' : 'instagram',
      entry: [{ id: account.id, time: Math.floor(Date.now() / 1000), changes: [{ field, value }] }],
    },
    ids,
  });
  if (isPage && kind === 'leadgen') {
    const id = str(event['id']) ?? '120000000000001';
    const created = Math.floor(Date.now() / 1000);
    const value = {
      leadgen_id: id,
      page_id: account.id,
      form_id: '340000000000001',
      ad_id: '6000000000001',
      adgroup_id: '6000000000002',
      created_time: created,
    };
    return inEnvelope('leadgen', value, [id]);
  }
  if (!isPage && kind === 'comment') {
    const id = str(event['id']) ?? `179${Date.now()}`;
    const from = { id: customer.id, username: customer.username ?? customer.id };
    const value = compact({
      id,
      from,
      media: { id: '17900000000000001', media_product_type: 'FEED' },
      parent_id: str(event['replyTo']),
      text: str(event['text']) ?? 'Is this in stock?',
    });
    return inEnvelope('comments', value, [id]);
  }
  if (!isPage && kind === 'dashboard_test') {
    const value = {
      sender: { id: '1' },
      recipient: { id: '2' },
      timestamp: String(Math.floor(Date.now() / 1000)),
      message: { mid: 't1', text: 't' },
    };
    return inEnvelope('messages', obj(event['value']) ?? value, ['t1']);
  }
  return undefined;
}
