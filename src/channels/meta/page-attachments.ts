import { MessageKind } from '../enums.js';
import type { InboundAttachment } from '../inbound-event.js';
import { type Json, jsonList, maybeId, maybeJson, maybeText, maybeUrl, wordOf } from '../wire/reading.js';

/** Attachments whose bytes are at the address given. */
const files: Readonly<Record<string, MessageKind>> = {
  image: MessageKind.IMAGE,
  audio: MessageKind.AUDIO,
  video: MessageKind.VIDEO,
  file: MessageKind.FILE,
  sticker: MessageKind.STICKER,
  animated_image_url: MessageKind.IMAGE,
  story_mention: MessageKind.STORY_MENTION,
};
/** Attachments that point at something on the platform or the web: shown as a link, never fetched. */
const links = new Set(['fallback', 'share', 'reel', 'ig_reel', 'post', 'ig_post', 'ig_story']);

export interface PageAttachments {
  readonly attachments: readonly InboundAttachment[];
  /** The platform's word for an attachment that we have no kind for. */
  readonly unsupported: string | null;
}

/** The attachments of a Messenger or Instagram message. */
export function pageAttachments(message: Json): PageAttachments {
  const attachments: InboundAttachment[] = [];
  let unsupported: string | null = null;
  for (const attachment of jsonList(message, 'attachments')) {
    const read = readAttachment(attachment);
    if (read === null || attachment['type'] === 'ephemeral') unsupported = wordOf(attachment['type']);
    // Until August 2026 a sticker came twice, as a sticker and as a picture of it.
    if (read !== null && !attachments.some((other) => isSameSticker(other, read))) attachments.push(read);
  }
  return { attachments, unsupported };
}

function readAttachment(attachment: Json): InboundAttachment | null {
  const type = maybeText(attachment, 'type', 60) ?? '';
  const payload = maybeJson(attachment, 'payload') ?? {};
  const name = maybeText(attachment, 'title', 500) ?? maybeText(payload, 'title', 500);
  const url = maybeUrl(payload, 'url') ?? maybeUrl(attachment, 'url');
  const base = { name, contentType: null };
  if (links.has(type)) return { ...base, kind: MessageKind.SHARE, source: null, link: url };
  if (type === 'template') return { ...base, kind: MessageKind.TEMPLATE, source: null, link: null };
  if (type === 'ephemeral') return { ...base, kind: MessageKind.IMAGE, source: null, link: null };
  const kind = Object.hasOwn(files, type) ? files[type] : undefined;
  if (kind === undefined)
    return url === null ? null : { ...base, kind: MessageKind.UNSUPPORTED, source: null, link: url };
  const sticker = maybeId(payload, 'sticker_id') !== null;
  const source = url === null ? null : { url, mediaId: null, sha256: null };
  return { ...base, kind: sticker ? MessageKind.STICKER : kind, source, link: null };
}

function isSameSticker(one: InboundAttachment, other: InboundAttachment): boolean {
  return (
    one.kind === MessageKind.STICKER && other.kind === MessageKind.STICKER && one.source?.url === other.source?.url
  );
}
