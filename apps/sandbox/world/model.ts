import type { Obj } from '../json.ts';

export type Channel = 'messenger' | 'instagram' | 'whatsapp' | 'telegram';

/** A Page, an Instagram professional account, a WhatsApp phone number or a Telegram bot that a business owns. */
export interface Account {
  channel: Channel;
  id: string;
  name: string;
  /** The owner on the platform: for Instagram its Page (unless it signs in directly), for WhatsApp its WABA. */
  parentId?: string;
  username?: string;
  displayPhoneNumber?: string;
  /** Events of an Instagram account that signs in directly carry the Instagram app's signature. */
  login?: 'facebook' | 'instagram';
  /** WhatsApp: a number that was never registered neither sends nor receives. */
  registered?: boolean;
  /** WhatsApp: the six digits that it was registered with, if it was with any. */
  pin?: string;
}

/** A WhatsApp business account. */
export interface Waba {
  id: string;
  name: string;
  businessId: string;
}

/** A template that WhatsApp has approved (or not) for a WABA. */
export interface Template {
  name: string;
  language: string;
  category: 'UTILITY' | 'MARKETING' | 'AUTHENTICATION';
  status: 'APPROVED' | 'PAUSED' | 'REJECTED';
  body: string;
  /** A line above it, which may have a place to fill in as well. */
  header?: string;
  footer?: string;
  /** A button with an address, which may end in a place to fill in. */
  link?: { text: string; url: string };
}

export interface Token {
  value: string;
  type: 'USER' | 'PAGE' | 'SYSTEM_USER' | 'APP' | 'INSTAGRAM' | 'BOT';
  /** Objects that the token can see. */
  targets: string[];
  scopes: string[];
  /** Permissions that were asked for and switched off. */
  declined?: string[];
  userId: string;
  profileId?: string;
  issuedAt: number;
  /** Unix seconds, 0 for no end. */
  expiresAt: number;
  /** Set when the token no longer works. */
  broken?: { subcode: number; message: string };
}

/** What a consent ends in: exchanged once for a token. */
export interface Code {
  kind: 'facebook' | 'instagram' | 'whatsapp';
  /** Has to be given again, byte for byte; null for a code of a window. */
  redirectUri: string | null;
  scopes: string[];
  declined: string[];
  assets: string[];
  expiresAt: number;
}

/** Where a Telegram bot's updates go, and what it was told of them. */
export interface BotWebhook {
  url: string;
  secret: string;
  allowedUpdates: string[];
  lastErrorAt?: number;
  lastError?: string;
}

/** Whether free messages reach the person: now, never outside the window, or "accepted, then failed". */
export type Window = 'open' | 'closed' | 'closed-late';

/** A person who writes to a business. Ids are what the channel calls them: PSID, IGSID, wa_id or a Telegram chat. */
export interface Customer {
  channel: Channel;
  id: string;
  name: string;
  username?: string;
  /** WhatsApp: without it the person is known by userId alone. */
  phone?: string;
  /** WhatsApp: the business-scoped user id. */
  userId?: string;
  window: Window;
  blocked: boolean;
  profileHidden: boolean;
  language?: string;
}

export interface ThreadAttachment {
  type: string;
  url?: string;
  name?: string;
  mimeType?: string;
  caption?: string;
}

export interface ThreadButton {
  id: string;
  title: string;
  kind: 'quick_reply' | 'button' | 'row' | 'postback' | 'url';
}

/** One message as the customer sees it. */
export interface ThreadMessage {
  id: string;
  channel: Channel;
  accountId: string;
  customerId: string;
  from: 'customer' | 'business' | 'inbox';
  kind: string;
  text?: string;
  attachments: ThreadAttachment[];
  buttons: ThreadButton[];
  reactions: Record<string, string>;
  replyTo?: string;
  at: number;
  status: 'accepted' | 'sent' | 'delivered' | 'read' | 'failed';
  deleted?: boolean;
  edits: number;
  /** What the business wants back with echoes and statuses. */
  callbackData?: string;
  failure?: string;
}

/** A filled form of a lead ad: the webhook carries only its id, the answers are fetched. */
export interface Lead {
  pageId: string;
  fields: Obj;
}

/** A file that a customer or the business has put on the platform. */
export interface Media {
  id: string;
  ownerId: string;
  mimeType: string;
  bytes: Buffer;
  filename?: string;
  createdAt: number;
}

/** An event for the pages that look on. */
export interface Notice extends Obj {
  type: 'message' | 'typing' | 'ledger' | 'state';
}
