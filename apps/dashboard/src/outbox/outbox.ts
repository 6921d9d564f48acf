import type { ApiFailure } from '../api/documents.js';
import { backoff } from '../live/backoff.js';

/** A reply that the server has not answered for yet. It is kept so that a reload sends it again under the same key. */
export interface OutboxEntry {
  key: string;
  conversationId: string;
  text: string;
  draftId?: string;
  replyToId?: string;
  quickReplies?: string[];
  /** Files that are uploaded already, and what they are called. */
  attachmentIds?: string[];
  attachmentNames?: string[];
  createdAt: string;
  /** Until then it can be taken back, and waits. */
  sendAt?: number;
  /** The newest message that the person knew of: where somebody else has answered since, the server asks. */
  seenMessageId?: string;
  /** Own messages with this very text that were there before: the others are this one, arrived. */
  knownIds: string[];
  failure?: ApiFailure;
}

export type SendOutcome = { kind: 'sent' } | { kind: 'later' } | { kind: 'refused'; failure: ApiFailure };

interface TextStore {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/** Sends in order within a conversation; tries again where no answer came; keeps what was refused until a person decides. */
export class Outbox {
  private list: readonly OutboxEntry[];
  private readonly listeners = new Set<() => void>();
  private readonly inFlight = new Set<string>();
  private readonly sending = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private dueTimer: ReturnType<typeof setTimeout> | undefined;
  /** Storage did not take what is here: what stands there says nothing. */
  private unsaved = false;
  private attempt = 0;
  private stopped = false;

  constructor(
    private readonly store: TextStore,
    private readonly name: string,
    private readonly send: (entry: OutboxEntry) => Promise<SendOutcome>,
  ) {
    this.list = parse(read(store, name));
  }

  entries = (): readonly OutboxEntry[] => this.list;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  enqueue(entry: OutboxEntry): void {
    this.save((list) => [...list, entry]);
    void this.flush();
  }

  /**
   * A person sends a refused entry again, or one that still waits at once: the key stays, so it can still not go out twice.
   * They know by now who answered meanwhile.
   */
  sendNow(key: string): void {
    this.save((list) =>
      list.map((entry) => {
        if (entry.key !== key) return entry;
        const { failure, sendAt: _sendAt, seenMessageId, ...rest } = entry;
        return failure || seenMessageId === undefined ? rest : { ...rest, seenMessageId };
      }),
    );
    void this.flush();
  }

  /** Takes back an entry that still waits for its time; null where it is on its way already. */
  takeBack(key: string): OutboxEntry | null {
    const entry = this.list.find((one) => one.key === key);
    if (!entry || entry.sendAt === undefined || this.sending.has(key)) return null;
    this.discard(key);
    return entry;
  }

  discard(key: string): void {
    this.save((list) => list.filter((entry) => entry.key !== key));
  }

  /** Nothing of an erased conversation stays behind on this computer. */
  forgetConversation(conversationId: string): void {
    this.save((list) => list.filter((entry) => entry.conversationId !== conversationId));
  }

  /** Sends no more; what is kept is sent by the next one of this name. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.dueTimer);
  }

  /** Sends what waits, the conversations side by side, each in its order. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    if (this.stopped) return;
    const conversations = new Set(this.list.map((entry) => entry.conversationId));
    await Promise.all([...conversations].map((id) => this.flushConversation(id)));
  }

  private async flushConversation(conversationId: string): Promise<void> {
    if (this.inFlight.has(conversationId)) return;
    this.inFlight.add(conversationId);
    try {
      let next: OutboxEntry | undefined;
      while ((next = this.list.find((entry) => entry.conversationId === conversationId && !entry.failure))) {
        const { key } = next;
        if (next.sendAt !== undefined && next.sendAt > Date.now()) return this.waitUntil(next.sendAt);
        // It may have been taken back in another window of this browser.
        if (next.sendAt !== undefined && !this.isStored(key)) {
          this.save((list) => list.filter((entry) => entry.key !== key));
          continue;
        }
        this.sending.add(key);
        const outcome = await this.send(next)
          .catch((): SendOutcome => ({ kind: 'later' }))
          .finally(() => this.sending.delete(key));
        if (outcome.kind === 'later') return this.tryLater();
        this.attempt = 0;
        if (outcome.kind === 'sent') this.discard(key);
        else {
          const { failure } = outcome;
          this.save((list) => list.map((entry) => (entry.key === key ? { ...entry, failure } : entry)));
        }
      }
    } finally {
      this.inFlight.delete(conversationId);
    }
  }

  private tryLater(): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.flush(), backoff(this.attempt++));
  }

  private waitUntil(time: number): void {
    clearTimeout(this.dueTimer);
    if (this.stopped) return;
    // Another conversation may be due earlier.
    const waiting = this.list.flatMap(({ sendAt = 0 }) => (sendAt > Date.now() ? [sendAt] : []));
    const earliest = Math.min(time, ...waiting);
    this.dueTimer = setTimeout(() => void this.flush(), Math.max(0, earliest - Date.now()));
  }

  private isStored(key: string): boolean {
    return this.unsaved || parse(read(this.store, this.name)).some((entry) => entry.key === key);
  }

  /** Several windows of one browser share what is stored: each changes what stands there, not what it remembers. */
  private save(change: (list: readonly OutboxEntry[]) => readonly OutboxEntry[]): void {
    const list = change(this.unsaved ? this.list : parse(read(this.store, this.name)));
    this.list = list;
    try {
      if (list.length) this.store.setItem(this.name, JSON.stringify(list));
      else this.store.removeItem(this.name);
      this.unsaved = false;
    } catch {
      // Storage may be full or blocked: the entry still goes out from memory.
      this.unsaved = true;
    }
    for (const listener of this.listeners) listener();
  }
}

interface OwnMessage {
  id: string;
  text: string | null;
  direction: string;
  member?: { id: string } | null;
}

/** Own messages that carry this text already, so that a later one can be told from them. */
export function idsWithText(messages: readonly OwnMessage[], text: string, ownMemberId: string | null): string[] {
  return messages.filter((message) => isOwn(message, text, ownMemberId)).map((message) => message.id);
}

/**
 * What still has to be shown as a bubble of its own. The live feed may bring a message before the answer to the request that
 * sent it: then the message stands for the entry, and nothing is seen twice.
 */
export function stillUnseen(
  entries: readonly OutboxEntry[],
  messages: readonly OwnMessage[],
  ownMemberId: string | null,
): OutboxEntry[] {
  const taken = new Set<string>();
  return entries.filter((entry) => {
    if (entry.failure || waits(entry)) return true;
    const arrived = messages.find(
      (message) =>
        isOwn(message, entry.text, ownMemberId) && !entry.knownIds.includes(message.id) && !taken.has(message.id),
    );
    if (arrived) taken.add(arrived.id);
    return !arrived;
  });
}

/** Whether it can still be taken back. */
export function waits({ sendAt }: OutboxEntry, now = Date.now()): boolean {
  return sendAt !== undefined && sendAt > now;
}

function isOwn(message: OwnMessage, text: string, ownMemberId: string | null): boolean {
  return (
    message.direction === 'OUTBOUND' && (message.text ?? '') === text && (message.member?.id ?? null) === ownMemberId
  );
}

function read(store: TextStore, name: string): string | null {
  try {
    return store.getItem(name);
  } catch {
    return null;
  }
}

function parse(text: string | null): OutboxEntry[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is OutboxEntry {
  const entry = value as Partial<OutboxEntry> | null;
  return (
    typeof entry?.key === 'string' &&
    typeof entry.conversationId === 'string' &&
    typeof entry.text === 'string' &&
    Array.isArray(entry.knownIds)
  );
}
