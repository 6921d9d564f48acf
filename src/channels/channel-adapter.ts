import type { ChannelKind, MessageKind } from './enums.js';
import type { Address, InboundEvent, MediaSource } from './inbound-event.js';
import type { LeadAdsAdapter } from './lead-ads.js';
import type { TokenPurpose } from './token-use.js';

/** Attachments of one kind that may be sent. */
export interface AttachmentRule {
  readonly kind: MessageKind;
  /** Types as the bytes show them; `audio/*` is a family, `*` is any. */
  readonly contentTypes: readonly string[];
  readonly maxBytes: number;
  /** No words can stand beside one. */
  readonly captionless?: true;
}

/** How attachments are sent. */
export interface OutgoingAttachments {
  /** The first rule that names the type of a file decides what it is sent as, and how large it may be. */
  readonly rules: readonly AttachmentRule[];
  /** How many one message of the platform carries; more are sent as messages of their own. */
  readonly perMessage: number;
  /** The most text that may stand beside them; a longer one, or any where this is 0, is a message of its own. */
  readonly maxCaption: number;
}

/** What a channel can carry; clients ask this, never the kind. */
export interface Capabilities {
  /** The most that one text may have, counted in `textUnit`. */
  readonly maxTextLength: number;
  readonly textUnit: 'characters' | 'bytes';
  readonly attachmentKinds: readonly MessageKind[];
  readonly maxAttachmentBytes: number;
  /** Null where only text can be sent. */
  readonly outgoingAttachments: OutgoingAttachments | null;
  readonly reactions: boolean;
  /** The emojis that a reaction may be; left out where it may be any, or where there are none. */
  readonly reactionEmojis?: readonly string[];
  readonly replies: boolean;
  readonly typing: boolean;
  /** Whether the customer can be shown that their messages were read; left out: no. */
  readonly seen?: boolean;
  readonly templates: boolean;
  /** How many quick replies one message may offer; 0 for none. */
  readonly quickReplies: number;
  /** The most characters of one quick reply, and of a text that comes with some; left out where there are none. */
  readonly quickReplyLimits?: { readonly title: number; readonly text: number };
}

/** A message template as the platform has it. */
export interface MessageTemplate {
  readonly name: string;
  readonly language: string;
  readonly category: string;
  readonly status: string;
  /** What the customer sees, with `{{1}}`, `{{2}}` ... where its variables go, numbered from the first to the last. */
  readonly body: string;
  readonly variables: number;
  /** Why it cannot be sent from here, in words; null where it can. */
  readonly unusable: string | null;
  /** How it is filled in: its adapter's business, kept with the message as it is. */
  readonly shape: unknown;
}

/** A template on its way out, with what goes in the place of its variables. */
export interface OutgoingTemplate {
  readonly name: string;
  readonly language: string;
  readonly variables: readonly string[];
  readonly shape: unknown;
}

/** When the channel's rules let a business write freely. */
export interface WindowRule {
  /** Hours after the customer's last message; null where there is no window. */
  readonly hours: number | null;
  /** Hours within which a person (no bot) may still answer, marked as such; null where the channel has no such rule. */
  readonly humanAgentHours: number | null;
}

/** One item of a delivery, cut out before anyone interprets it. */
export interface DeliveryItem {
  /** The account that it is for, as the provider names it: `page:900...`, `instagram:178...`, `whatsapp:660...`. */
  readonly account: string;
  /** `messages`, `leadgen`, `account`, ...: modules register for the topics that they understand. */
  readonly topic: string;
  /** What the provider sent for this item, with what its envelope says of it. */
  readonly payload: unknown;
}

/** A connected channel with its token opened for one use. */
export interface OpenChannel {
  readonly workspaceId: string;
  readonly id: string;
  readonly kind: ChannelKind;
  readonly externalId: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly token: string;
  /** Whether submissions of lead ads are wanted too. */
  readonly leadAds?: boolean;
  /** What webhook calls of this very channel are checked by, where it has such a secret of its own. */
  readonly webhookSecret?: string;
}

/** What a platform says of a connection when it is asked. `unknown` is no word on the matter: a fault, or too many calls. */
export type Probe =
  | {
      readonly kind: 'well';
      /** When the token ends, null for never; not given where the platform does not say. */
      readonly endsAt?: Date | null;
      /** Whose consent it is, where the platform says. */
      readonly grantedBy: readonly string[] | null;
      /** The webhooks were off, and were switched on again. */
      readonly subscribedAgain: boolean;
    }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What came of asking for a token with a new life. `impossible`: tokens of this kind end, and are made anew by a person. */
export type Renewal =
  | {
      readonly kind: 'renewed';
      readonly token: string;
      /** That it lives; null where no end is told. */ readonly seconds: number | null;
    }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** An attachment on its way out. */
export interface OutgoingAttachment {
  readonly kind: MessageKind;
  readonly name: string;
  /** What its bytes are. */
  readonly contentType: string;
  readonly size: number;
  /** Where a platform that fetches by itself finds it, for an hour. */
  readonly url: string;
  /** The same for a small JPEG of it; null where there is none. */
  readonly thumbnailUrl: string | null;
  /** Its bytes; where they cannot be read it throws an OutgoingError that says that nothing was sent. */
  read(): Promise<Buffer>;
}

/** What a mail says on its outside, beside whom it is for. */
export interface OutgoingMail {
  readonly subject: string;
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  /** The messages of the thread as the channel names them, the oldest first; the last is what it answers. */
  readonly references: readonly string[];
}

/** A message on its way out. */
export interface OutgoingMessage {
  /** Our id; given to the platform wherever it gives it back in an echo or a status. */
  readonly id: string;
  readonly recipient: readonly [Address, ...Address[]];
  /** Empty where it has attachments alone. */
  readonly text: string;
  /** As many as the channel says that one message carries. */
  readonly attachments: readonly OutgoingAttachment[];
  readonly replyToExternalId: string | null;
  /** A person wrote it after the free window: it goes out under the platform's human-agent rule. */
  readonly humanAgent: boolean;
  /** Sent instead of the text, which says the same for people here. */
  readonly template?: OutgoingTemplate;
  /** Answers that the customer can choose from. */
  readonly quickReplies?: readonly string[];
  /** A machine sends it by itself: where the platform has a mark for that, it is set, so that no machine answers. */
  readonly automatic?: boolean;
  /** Where the channel has threads with subjects. */
  readonly mail?: OutgoingMail;
}

/** A reaction of the business on a message of the customer; null takes it off. */
export interface OutgoingReaction {
  readonly recipient: readonly [Address, ...Address[]];
  readonly messageExternalId: string;
  readonly emoji: string | null;
}

/** What a customer is shown of those who answer; the last message of theirs is what it is about. */
export interface Showing {
  /** Typing ends by itself after some seconds, and with the next message. */
  readonly what: 'typing' | 'seen';
  readonly recipient: readonly [Address, ...Address[]];
  readonly lastInboundExternalId: string | null;
}

/**
 * What came of one attempt. Only a definite no is `refused` or `retry`; whatever may have arrived is `unconfirmed`, and a
 * machine never sends it again.
 */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly externalId: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly tokenUnusable: boolean }
  | { readonly kind: 'retry'; readonly reason: string; readonly afterSeconds: number | null }
  | { readonly kind: 'unconfirmed'; readonly reason: string };

/** What came of something that leaves no message behind. */
export type ActOutcome = { readonly kind: 'done' } | Exclude<SendOutcome, { readonly kind: 'sent' }>;

/** Bytes of an attachment, or why there are none. */
export type FetchedMedia =
  | {
      readonly kind: 'fetched';
      readonly body: Buffer;
      readonly contentType: string | null;
      readonly name: string | null;
    }
  | { readonly kind: 'gone'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'retry'; readonly reason: string };

/** Speaks one provider's protocol. It knows neither workspaces' rows nor conversations. */
export interface ChannelAdapter {
  /** Interprets one item of topic `messages`. Throws for an item that cannot be understood; it is then set aside alone. */
  interpret(payload: unknown, receivedAt: number): InboundEvent[];
  /** Sends one message once. Never throws for what a platform or a network does. */
  send(channel: OpenChannel, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome>;
  /** Puts a reaction on a message, or takes it off. Never throws for what a platform or a network does. */
  react?(channel: OpenChannel, reaction: OutgoingReaction, signal: AbortSignal): Promise<ActOutcome>;
  /** Shows the customer what goes on; what the platform cannot show is left out. It may fail: nothing hangs on it. */
  show?(channel: OpenChannel, showing: Showing, signal: AbortSignal): Promise<void>;
  /** Every template of the account; throws where the platform did not say. */
  templates?(channel: OpenChannel, signal: AbortSignal): Promise<readonly MessageTemplate[]>;
  /** Downloads an attachment; the token goes to the provider's own hosts only. */
  fetchMedia(channel: OpenChannel, source: MediaSource, maxBytes: number, signal: AbortSignal): Promise<FetchedMedia>;
  /** The public name of a customer, and what they are called on the platform, where it tells; null where it does not. */
  profile(
    channel: OpenChannel,
    address: Address,
    signal: AbortSignal,
  ): Promise<{ readonly name: string | null; readonly handle?: string } | null>;
  /** Ends our access at the platform: webhooks off, and the token revoked where that harms nothing else. */
  unsubscribe(channel: OpenChannel, signal: AbortSignal): Promise<void>;
  /** Turns the platform's webhooks for this channel on again, where that is a call of its own. */
  subscribe?(channel: OpenChannel, signal: AbortSignal): Promise<void>;
  /** Asks whether the token is good and the webhooks are on, and switches these on again. Absent where there is nothing to ask. */
  probe?(channel: OpenChannel, signal: AbortSignal): Promise<Probe>;
  /** Asks for a token with a new life. Absent where tokens do not end. */
  renew?(channel: OpenChannel, signal: AbortSignal): Promise<Renewal>;
  /**
   * Takes the token, or the consent behind it, back. `others`: channels that live by the same consent or token, which must
   * not lose it. Throws where trying again makes sense.
   */
  revoke?(channel: OpenChannel, others: boolean, signal: AbortSignal): Promise<void>;
  /**
   * Keeps a copy of what was sent in the account itself, unless one is there: people who use it with another program look for
   * it there. Doing it again makes no second one. Throws where trying again makes sense.
   */
  keepCopy?(channel: OpenChannel, message: OutgoingMessage, sentAt: Date, signal: AbortSignal): Promise<void>;
  /** Adverts with forms. Absent where the platform has none. */
  readonly leadAds?: LeadAdsAdapter;
  /** What came since a moment and was not delivered, as items that `interpret` reads; throws where trying again makes sense. */
  missed?(channel: OpenChannel, since: Date, signal: AbortSignal): Promise<readonly unknown[]>;
}

/** One kind of channel, as the rest of the house sees it. */
export interface ChannelDefinition {
  readonly kind: ChannelKind;
  /** Deliveries of this provider are cut by `split` and their items interpreted by the adapter. */
  readonly provider: string;
  readonly capabilities: Capabilities;
  readonly window: WindowRule;
  /** A person may write in several conversations at once, each about something of its own: messages name their thread and subject. */
  readonly threads?: boolean;
  /** The business may write first, to an address that somebody left with it. Left out: only customers begin. */
  readonly mayWriteFirst?: boolean;
  /** What has to be bought beside a plan to connect it, where plans are sold. */
  readonly addOn?: string;
  /** False: nobody can be asked what a customer is called, so no token is opened to ask. */
  readonly hasProfiles?: boolean;
  readonly adapter: ChannelAdapter;
  /**
   * Whether whoever writes from an address is known to be them. Left out: the platform knows its people. Otherwise the
   * address shows it, or each message says it for itself.
   */
  readonly proof?: 'each message' | ((externalId: string) => boolean);
  /** What the platform's webhooks hang on, where channels may share it (a Page serves Messenger and its Instagram account). */
  subscriptionOf?(channel: Pick<OpenChannel, 'externalId' | 'settings'>): string | null;
  /** Set where a disconnect has to forget the account itself: what its name becomes where it was called by its number. */
  readonly forgetsAccountAs?: string;
  /** Whether copies of what was sent are to be kept in the account; given where `keepCopy` is. */
  keepsCopies?(channel: Pick<OpenChannel, 'settings'>): boolean;
  /** Days that a token of this channel lives where its end is not known; null where it has none. */
  tokenDays?(channel: Pick<OpenChannel, 'settings'>): number | null;
  /** The host that the token of this channel goes to, for the record of token uses; the provider's name where not given. */
  hostOf?(channel: Pick<OpenChannel, 'kind' | 'settings'>, purpose?: TokenPurpose): string;
}
