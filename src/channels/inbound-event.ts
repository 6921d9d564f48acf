import type { MessageKind } from './enums.js';

/** An address of a person on a channel: what the platform calls them, and what people call them. */
export interface Address {
  readonly externalId: string;
  readonly handle: string | null;
}

/** The customer of an event. The first address is the one to answer to; the rest are known to be the same person. */
export interface Customer {
  readonly addresses: readonly [Address, ...Address[]];
  readonly name: string | null;
}

/** Where the bytes of an attachment are. `url` may be temporary; `mediaId` is asked for at the platform. */
export interface MediaSource {
  readonly url: string | null;
  readonly mediaId: string | null;
  /** Digest that the platform names, to compare after the download; hex or base64. */
  readonly sha256: string | null;
}

export interface InboundAttachment {
  readonly kind: MessageKind;
  readonly name: string | null;
  readonly contentType: string | null;
  /** Null where there is nothing to fetch (an ephemeral picture). */
  readonly source: MediaSource | null;
  /** A page on the web that the message points at, such as a shared post; shown as a link, never fetched. */
  readonly link: string | null;
}

/** What a message holds beside its text; stored as it is and shown by the fields of `Message`. */
export interface MessageContent {
  readonly location?: {
    readonly latitude: number;
    readonly longitude: number;
    readonly name: string | null;
    readonly address: string | null;
  };
  readonly contactCards?: readonly {
    readonly name: string | null;
    readonly phones: readonly string[];
    readonly emails: readonly string[];
  }[];
  readonly postback?: { readonly title: string | null; readonly payload: string | null };
  readonly referral?: {
    readonly source: string | null;
    readonly adId: string | null;
    readonly ref: string | null;
    readonly url: string | null;
  };
  /** What arrived, in the platform's word, where we have no kind for it. */
  readonly unsupported?: string;
  /** For what goes out: the template that was filled in, and the answers that were offered. */
  readonly template?: {
    readonly name: string;
    readonly language: string;
    readonly variables: readonly string[];
    readonly shape: unknown;
  };
  readonly quickReplies?: readonly string[];
  /** What a bot's answer rests on, for whoever it is written to. */
  readonly sources?: readonly CitedPage[];
  /** What a mail says on its outside. */
  readonly mail?: MailContent;
  /** A mail as its writer laid it out: cleaned, and loading nothing by itself. */
  readonly html?: string;
}

/** A page, or an entry without one, that an answer rests on. */
export interface CitedPage {
  readonly title: string;
  readonly url: string | null;
}

/** The outside of a mail that came or went. */
export interface MailContent {
  readonly subject: string | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** Only of mails that we send: nobody else is told of these. */
  readonly bcc?: readonly string[];
  /** The address of whoever wrote it, as their identity is called. */
  readonly sender: string;
  /** The sender's domain signed it. */
  readonly authenticated: boolean;
  /** A machine wrote it. */
  readonly automatic: boolean;
}

/** Which thread a message belongs to, where a person may have several. */
export interface MessageThread {
  /** The messages that it answers, the closest first. */
  readonly references: readonly string[];
  readonly subject: string | null;
  /** What reads it first took it for junk. */
  readonly junk: boolean;
}

interface Timed {
  /** Milliseconds since 1970, as the platform says. */
  readonly at: number;
}

/** A message, from the customer or (an echo) from the business. */
export interface MessageEvent extends Timed {
  readonly type: 'message';
  readonly from: 'contact' | 'business';
  readonly externalId: string;
  readonly customer: Customer;
  readonly kind: MessageKind;
  readonly text: string | null;
  readonly attachments: readonly InboundAttachment[];
  readonly replyToExternalId: string | null;
  readonly content: MessageContent | null;
  /** For an echo: the id of our own message that it repeats, where the platform gave it back. */
  readonly ourMessageId: string | null;
  /** For an echo: whether this app sent it (and not a person in the platform's own inbox, or another app). */
  readonly ours: boolean;
  /** Another app answers this thread now, or a machine wrote it: keep the message, never answer by machine. */
  readonly standby: boolean;
  /** Where the channel has threads; a person's messages make one conversation otherwise. */
  readonly thread?: MessageThread;
}

/** A reaction put on a message or (emoji null) taken off it. */
export interface ReactionEvent extends Timed {
  readonly type: 'reaction';
  readonly messageExternalId: string;
  readonly by: 'contact' | 'business';
  readonly customer: Customer;
  readonly emoji: string | null;
}

/** A message's text changed. `number` counts the edits of this message, 1 for the first. */
export interface EditEvent extends Timed {
  readonly type: 'edit';
  readonly messageExternalId: string;
  readonly text: string;
  readonly number: number;
}

/** A message was taken back: its words and media go, a mark stays. */
export interface UnsendEvent extends Timed {
  readonly type: 'unsend';
  readonly messageExternalId: string;
}

/** What became of one message that we sent. */
export interface ReceiptEvent extends Timed {
  readonly type: 'receipt';
  readonly messageExternalId: string;
  readonly ourMessageId: string | null;
  readonly status: 'SENT' | 'DELIVERED' | 'READ' | 'FAILED';
  /** For FAILED: why, in words. */
  readonly error: string | null;
  readonly errorCode: number | null;
}

/** Everything that we sent up to `until` (ms) has been delivered to, or read by, the customer. */
export interface WatermarkEvent extends Timed {
  readonly type: 'watermark';
  readonly customer: Customer;
  readonly status: 'DELIVERED' | 'READ';
  readonly until: number;
}

/** The same person is reached under a new address from now on. */
export interface AddressChangeEvent extends Timed {
  readonly type: 'address-change';
  readonly previous: string;
  readonly current: Address;
}

/** The customer shut the business out, or let it in again: nothing that is sent reaches them in between. */
export interface ReachEvent extends Timed {
  readonly type: 'reach';
  readonly customer: Customer;
  readonly reachable: boolean;
}

/** Understood and of no consequence here (an app role, a template's status); counted by `what`. */
export interface IgnoredEvent extends Timed {
  readonly type: 'ignored';
  readonly what: string;
}

/** What an adapter makes of one item of a delivery. */
export type InboundEvent =
  | MessageEvent
  | ReactionEvent
  | EditEvent
  | UnsendEvent
  | ReceiptEvent
  | WatermarkEvent
  | AddressChangeEvent
  | ReachEvent
  | IgnoredEvent;
