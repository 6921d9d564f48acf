import { numericId } from '../ids.ts';
import type { AppIdentity, Settings } from '../options.ts';
import type {
  Account,
  BotWebhook,
  Channel,
  Code,
  Customer,
  Lead,
  Media,
  Notice,
  Template,
  ThreadMessage,
  Token,
  Waba,
} from './model.ts';

const MEDIA_LIMIT = 500;
const THREAD_LIMIT = 1000;

/** Everything that the pretend platforms know. */
export class World {
  readonly app: AppIdentity;
  readonly settings: Settings;
  /** Where this process is reached; known once it listens. */
  url = '';
  readonly accounts = new Map<string, Account>();
  readonly wabas = new Map<string, Waba>();
  readonly tokens = new Map<string, Token>();
  readonly codes = new Map<string, Code>();
  readonly customers = new Map<string, Customer>();
  readonly media = new Map<string, Media>();
  readonly leads = new Map<string, Lead>();
  readonly messages = new Map<string, ThreadMessage>();
  /** Fields that the app subscribed to, by Page, Instagram account or WABA. */
  readonly subscriptions = new Map<string, string[]>();
  templates: Template[] = [];
  /** Webhooks of Telegram bots, by bot. */
  readonly botWebhooks = new Map<string, BotWebhook>();
  private lastNumber = 0;
  private readonly threads = new Map<string, ThreadMessage[]>();
  private readonly listeners = new Set<(notice: Notice) => void>();

  constructor(app: AppIdentity, settings: Settings) {
    this.app = app;
    this.settings = settings;
  }

  /** Forgets everything but the app and the settings. */
  clear(): void {
    for (const store of [this.accounts, this.wabas, this.tokens, this.customers, this.media, this.messages])
      store.clear();
    this.codes.clear();
    this.leads.clear();
    this.botWebhooks.clear();
    this.subscriptions.clear();
    this.threads.clear();
    this.templates = [];
  }

  /** The next of the numbers that Telegram counts its messages and updates with. */
  nextNumber(): number {
    this.lastNumber += 1;
    return this.lastNumber;
  }

  /** The account of this kind, if there is one. */
  account(channel: Channel, id: string): Account | undefined {
    const account = this.accounts.get(id);
    return account?.channel === channel ? account : undefined;
  }

  /** The person whom a channel knows by this id, phone or business-scoped id. */
  customer(channel: Channel, id: string): Customer | undefined {
    const direct = this.customers.get(`${channel}:${id}`);
    if (direct || channel !== 'whatsapp') return direct;
    const digits = id.replace(/^\+/, '').replace(/[\s()-]/g, '');
    const byPhone = this.customers.get(`${channel}:${digits}`);
    if (byPhone) return byPhone;
    for (const customer of this.customers.values()) {
      if (customer.channel === channel && (customer.userId === id || customer.phone === digits)) return customer;
    }
    return undefined;
  }

  /** Adds or replaces a person. */
  putCustomer(customer: Customer): Customer {
    this.customers.set(`${customer.channel}:${customer.id}`, customer);
    return customer;
  }

  /** Gives a person a new phone number, which on WhatsApp is their id; their threads come along. */
  changeNumber(customer: Customer, phone: string): void {
    this.customers.delete(`${customer.channel}:${customer.id}`);
    for (const [key, thread] of [...this.threads]) {
      if (thread[0]?.channel !== customer.channel || thread[0].customerId !== customer.id) continue;
      for (const message of thread) message.customerId = phone;
      this.threads.delete(key);
      this.threads.set(`${thread[0].accountId}:${phone}`, thread);
    }
    customer.id = phone;
    customer.phone = phone;
    this.putCustomer(customer);
    this.notify({ type: 'state' });
  }

  /** Sets or removes someone's reaction to a message. */
  react(id: string, who: 'customer' | 'business', emoji: string | undefined): void {
    const message = this.messages.get(id);
    if (!message) return;
    if (emoji === undefined || emoji === '') delete message.reactions[who];
    else message.reactions[who] = emoji;
    this.changed(message);
  }

  /** Changes the text of a message. */
  edit(id: string, text: string | undefined, edits?: number): void {
    const message = this.messages.get(id);
    if (!message || text === undefined) return;
    message.text = text;
    message.edits = edits ?? message.edits + 1;
    this.changed(message);
  }

  /** Takes the content of a message back. */
  takeBack(id: string): void {
    const message = this.messages.get(id);
    if (!message) return;
    message.deleted = true;
    message.attachments = [];
    delete message.text;
    this.changed(message);
  }

  /** The messages between an account and a person, oldest first. */
  thread(accountId: string, customerId: string): ThreadMessage[] {
    return this.threads.get(`${accountId}:${customerId}`) ?? [];
  }

  /** Every thread of an account. */
  threadsOf(accountId: string): ThreadMessage[][] {
    return [...this.threads.values()].filter((thread) => thread[0]?.accountId === accountId);
  }

  /** Adds a message to its thread and tells those who look on. */
  addMessage(message: ThreadMessage): ThreadMessage {
    const key = `${message.accountId}:${message.customerId}`;
    const thread = this.threads.get(key) ?? [];
    thread.push(message);
    const dropped = thread.length > THREAD_LIMIT ? thread.shift() : undefined;
    if (dropped) this.messages.delete(dropped.id);
    this.threads.set(key, thread);
    this.messages.set(message.id, message);
    this.changed(message);
    return message;
  }

  /** Tells those who look on that a message is different now. */
  changed(message: ThreadMessage): void {
    this.notify({ type: 'message', message });
  }

  /** Keeps a file; the oldest go when there are too many. */
  addMedia(media: Omit<Media, 'id' | 'createdAt'>): Media {
    const stored: Media = { ...media, id: numericId('33'), createdAt: Date.now() };
    this.media.set(stored.id, stored);
    const oldest = this.media.size > MEDIA_LIMIT ? this.media.keys().next().value : undefined;
    if (oldest !== undefined) this.media.delete(oldest);
    return stored;
  }

  /** The Page, Instagram account or WABA at which an app subscribes for this account. */
  subscriptionOwner(account: Account): string {
    return account.channel === 'whatsapp' ? (account.parentId ?? account.id) : account.id;
  }

  notify(notice: Notice): void {
    for (const listener of this.listeners) listener(notice);
  }

  /** Hears every notice until the returned function is called. */
  listen(listener: (notice: Notice) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
