import { MessageKind } from '../enums.js';
import type { InboundAttachment, InboundEvent, MessageContent } from '../inbound-event.js';
import { pageAttachments } from './page-attachments.js';
import { type PageItem, pageCustomer, pageReferral } from './page-item.js';
import { type Json, idAt, maybeFlag, maybeId, maybeJson, maybeText, maybeUrl, ourId } from '../wire/reading.js';

/** A message of Messenger or Instagram: written, sent by the business (an echo), or taken back. */
export function pageMessage(read: PageItem, message: Json): InboundEvent[] {
  const mid = idAt(message, 'mid');
  if (maybeFlag(message, 'is_deleted')) return [{ type: 'unsend', at: read.at, messageExternalId: mid }];
  const sender = maybeJson(read.item, 'sender') ?? {};
  // A checkbox plugin's visitor has no id yet, and nobody can be answered.
  if (sender['id'] === undefined && sender['user_ref'] !== undefined)
    return [{ type: 'ignored', at: read.at, what: 'user_ref' }];
  const echo = maybeFlag(message, 'is_echo') || maybeId(sender, 'id') === read.accountId;
  return [
    {
      type: 'message',
      at: read.at,
      from: echo ? 'business' : 'contact',
      externalId: mid,
      customer: pageCustomer(read, echo ? 'recipient' : 'sender'),
      ...contentOf(message),
      ...(echo ? sentBy(message, read.ourAppId) : { ourMessageId: null, ours: false }),
      standby: read.standby,
    },
  ];
}

/** Whose send an echo repeats. Instagram names no app; there the id that we sent along tells. */
function sentBy(message: Json, ourAppId: string) {
  const ourMessageId = ourId(message['metadata']);
  const appId = maybeId(message, 'app_id');
  return { ourMessageId, ours: appId === null ? ourMessageId !== null : appId === ourAppId };
}

function contentOf(message: Json) {
  const text = maybeText(message, 'text') || null;
  const { attachments: sent, unsupported } = pageAttachments(message);
  const replyTo = maybeJson(message, 'reply_to');
  const story = replyTo === null ? null : maybeJson(replyTo, 'story');
  const storyUrl = story === null ? null : maybeUrl(story, 'url');
  const storyAttachment: InboundAttachment[] =
    storyUrl === null
      ? []
      : [
          {
            kind: MessageKind.STORY_REPLY,
            name: null,
            contentType: null,
            source: { url: storyUrl, mediaId: null, sha256: null },
            link: null,
          },
        ];
  const attachments = [...sent, ...storyAttachment];
  const odd =
    unsupported ??
    (maybeFlag(message, 'is_unsupported') || (text === null && attachments.length === 0) ? 'message' : null);
  const referral = pageReferral(message);
  const quickReply = maybeJson(message, 'quick_reply');
  const content: MessageContent = {
    ...(quickReply !== null && { postback: { title: text, payload: maybeText(quickReply, 'payload', 2_000) } }),
    ...(referral && { referral }),
    ...(odd !== null && { unsupported: odd }),
  };
  return {
    kind: story !== null ? MessageKind.STORY_REPLY : kindOf(text, sent),
    text,
    attachments,
    replyToExternalId: replyTo === null ? null : maybeId(replyTo, 'mid'),
    content: Object.keys(content).length === 0 ? null : content,
  };
}

function kindOf(text: string | null, attachments: readonly InboundAttachment[]): MessageKind {
  const first = attachments[0]?.kind;
  // The preview of a link that somebody wrote does not make their words a share.
  if (text !== null && (first === undefined || first === MessageKind.SHARE)) return MessageKind.TEXT;
  return first ?? MessageKind.UNSUPPORTED;
}
