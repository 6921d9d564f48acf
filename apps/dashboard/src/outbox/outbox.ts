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
  private timer: ReturnType<typeof setTimeout> | undefined;
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
    this.save([...this.list, entry]);
    void this.flush();
  }

  /** A person sends a refused entry again: the key stays, so it can still not go out twice. */
  retry(key: string): void {
    this.save(
      this.list.map((entry) => {
        if (entry.key !== key) return entry;
        const { failure: _failure, ...rest } = entry;
        return rest;
      }),
    );
    void this.flush();
  }

  discard(key: string): void {
    this.save(this.list.filter((entry) => entry.key !== key));
  }

  /** Nothing of an erased conversation stays behind on this computer. */
  forgetConversation(conversationId: string): void {
    this.save(this.list.filter((entry) => entry.conversationId !== conversationId));
  }

  /** Sends no more; what is kept is sent by the next one of this name. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
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
        const outcome = await this.send(next).catch((): SendOutcome => ({ kind: 'later' }));
        if (outcome.kind === 'later') return this.tryLater();
        this.attempt = 0;
        if (outcome.kind === 'sent') this.discard(key);
        else this.save(this.list.map((entry) => (entry.key === key ? { ...entry, failure: outcome.failure } : entry)));
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

  private save(list: readonly OutboxEntry[]): void {
    this.list = list;
    try {
      if (list.length) this.store.setItem(this.name, JSON.stringify(list));
      else this.store.removeItem(this.name);
    } catch {
      // Storage may be full or blocked: the entry still goes out from memory.
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
    if (entry.failure) return true;
    const arrived = messages.find(
      (message) =>
        isOwn(message, entry.text, ownMemberId) && !entry.knownIds.includes(message.id) && !taken.has(message.id),
    );
    if (arrived) taken.add(arrived.id);
    return !arrived;
  });
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
