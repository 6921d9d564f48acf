import type { Address, InboundEvent } from '../inbound-event.js';
import { MessageKind } from '../enums.js';

interface Said {
  /** The addresses of the visitor, the one to answer to first. */
  readonly visitor: readonly [Address, ...Address[]];
  readonly name: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What a visitor does in the chat: the payload of an item, made by the server itself from checked input. */
export type VisitorEvent =
  | (Said & {
      readonly type: 'message';
      readonly externalId: string;
      readonly text: string | null;
      readonly uploads: readonly {
        readonly fileId: string;
        readonly name: string | null;
        readonly contentType: string;
      }[];
    })
  | (Said & { readonly type: 'seen'; readonly status: 'DELIVERED' | 'READ'; readonly until: number });

/** The kind of a file, by the type of its bytes. */
export function kindOfFile(contentType: string): MessageKind {
  if (contentType.startsWith('image/')) return MessageKind.IMAGE;
  if (contentType.startsWith('audio/')) return MessageKind.AUDIO;
  return contentType.startsWith('video/') ? MessageKind.VIDEO : MessageKind.FILE;
}

/** The event that conversations understand. */
export function visitorEvent(payload: unknown): InboundEvent {
  const said = payload as VisitorEvent;
  const customer = { addresses: said.visitor, name: said.name };
  if (said.type === 'seen') return { type: 'watermark', at: said.at, customer, status: said.status, until: said.until };
  const attachments = said.uploads.map(({ fileId, name, contentType }) => ({
    kind: kindOfFile(contentType),
    name,
    contentType,
    source: { url: null, mediaId: fileId, sha256: null },
    link: null,
  }));
  return {
    type: 'message',
    at: said.at,
    from: 'contact',
    externalId: said.externalId,
    customer,
    kind: said.text === null ? (attachments[0]?.kind ?? MessageKind.TEXT) : MessageKind.TEXT,
    text: said.text,
    attachments,
    replyToExternalId: null,
    content: null,
    ourMessageId: null,
    ours: false,
    standby: false,
  };
}
