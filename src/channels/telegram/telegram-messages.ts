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
  maybeNumber,
  maybeText,
  wordOf,
} from '../wire/reading.js';

type Content = Pick<MessageEvent, 'kind' | 'text' | 'attachments' | 'content'>;

/** Media by the member that holds it, in the order in which they are looked for: a GIF comes as a document as well. */
const media: readonly (readonly [name: string, kind: MessageKind])[] = [
  ['animation', MessageKind.VIDEO],
  ['photo', MessageKind.IMAGE],
  ['document', MessageKind.FILE],
  ['voice', MessageKind.AUDIO],
  ['audio', MessageKind.AUDIO],
  ['video', MessageKind.VIDEO],
  ['video_note', MessageKind.VIDEO],
  ['sticker', MessageKind.STICKER],
];

/** What a message is told with, whatever it holds: none of these is its content. */
const head = new Set([
  'message_id',
  'message_thread_id',
  'from',
  'chat',
  'date',
  'edit_date',
  'reply_to_message',
  'external_reply',
  'quote',
  'entities',
  'caption_entities',
  'link_preview_options',
  'effect_id',
  'has_protected_content',
  'has_media_spoiler',
  'show_caption_above_media',
  'media_group_id',
  'author_signature',
  'via_bot',
  'reply_markup',
]);

/** Notices of Telegram that stand in a private chat and that nobody wrote. */
const service =
  /^(pinned_message|message_auto_delete_timer_changed|write_access_allowed|connected_website|boost_added|chat_background_set|forum_topic_.*|migrate_.*|new_chat_.*|left_chat_member|delete_chat_photo|group_chat_created)$/;

/** What a message holds, or the notice of Telegram that it is. */
export function telegramContent(message: Json): Content | { readonly service: string } {
  const text = maybeText(message, 'text') ?? maybeText(message, 'caption');
  const plain: Content = { kind: MessageKind.TEXT, text: text || null, attachments: [], content: null };
  if (message['text'] !== undefined) return { ...plain, content: startedWith(message, text ?? '') };
  const found = media.find(([name]) => message[name] !== undefined);
  if (found !== undefined) return { ...plain, kind: found[1], attachments: [attachment(message, ...found)] };
  if (message['venue'] !== undefined || message['location'] !== undefined) return { ...plain, ...location(message) };
  if (message['contact'] !== undefined) return { ...plain, ...card(jsonAt(message, 'contact')) };
  const names = Object.keys(message).filter(
    (name) => !head.has(name) && !name.startsWith('forward_') && !name.startsWith('is_'),
  );
  const notice = names.find((name) => service.test(name));
  if (notice !== undefined) return { service: notice };
  const unsupported = wordOf(names[0]);
  return {
    ...plain,
    kind: MessageKind.UNSUPPORTED,
    text: text ?? wordsOf(message, unsupported),
    content: { unsupported },
  };
}

/** A link `t.me/bot?start=...` opens the chat with `/start ...`: what the link carried along. */
function startedWith(message: Json, text: string): MessageContent | null {
  const [first] = jsonList(message, 'entities');
  const isCommand = first !== undefined && first['type'] === 'bot_command' && first['offset'] === 0;
  const ref = isCommand ? /^\/start(?:@\w+)? ([A-Za-z0-9_-]{1,64})$/.exec(text)?.[1] : undefined;
  return ref === undefined ? null : { referral: { source: 'start', adId: null, ref, url: null } };
}

function attachment(message: Json, name: string, kind: MessageKind): InboundAttachment {
  // Of a photo every size comes, the largest last.
  const file = name === 'photo' ? jsonList(message, name).at(-1) : jsonAt(message, name);
  if (file === undefined) throw new UnreadableItem(name, 'a list of sizes');
  const mediaId = maybeId(file, 'file_id');
  return {
    kind,
    name: maybeText(file, 'file_name', 500),
    contentType: maybeText(file, 'mime_type', 200),
    source: mediaId === null ? null : { url: null, mediaId, sha256: null },
    link: null,
  };
}

function location(message: Json): Pick<Content, 'kind' | 'content'> {
  const venue = maybeJson(message, 'venue');
  const place = jsonAt(venue ?? message, 'location');
  const latitude = maybeNumber(place, 'latitude');
  const longitude = maybeNumber(place, 'longitude');
  if (latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180)
    throw new UnreadableItem('location', 'a place on earth');
  const name = venue === null ? null : maybeText(venue, 'title', 1_000);
  const address = venue === null ? null : maybeText(venue, 'address', 2_000);
  return { kind: MessageKind.LOCATION, content: { location: { latitude, longitude, name, address } } };
}

function card(contact: Json): Pick<Content, 'kind' | 'content'> {
  const names = [maybeText(contact, 'first_name', 250), maybeText(contact, 'last_name', 250)];
  const name = names.filter((part) => part !== null && part !== '').join(' ');
  const phone = maybeText(contact, 'phone_number', 60);
  const phones = phone === null || phone === '' ? [] : [phone];
  return {
    kind: MessageKind.CONTACTS,
    content: { contactCards: [{ name: name === '' ? null : name, phones, emails: [] }] },
  };
}

/** The words of what has no kind of its own, so that somebody can answer it. */
function wordsOf(message: Json, name: string): string | null {
  const what = isJson(message[name]) ? message[name] : {};
  if (name === 'poll') return maybeText(what, 'question', 1_000);
  if (name !== 'dice') return null;
  const value = maybeNumber(what, 'value');
  return [maybeText(what, 'emoji', 60), value === null ? null : String(value)]
    .filter((part) => part !== null)
    .join(' ');
}
