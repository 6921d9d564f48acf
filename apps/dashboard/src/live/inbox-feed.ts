import type { Client } from 'urql';
import {
  ActivityDocument,
  InboxCursorDocument,
  InboxEventsDocument,
  toApiFailure,
  type ActivitySubscription,
  type InboxEventsSubscription,
} from '../api/documents.js';
import { backoff } from './backoff.js';

export type FeedState = 'connecting' | 'live' | 'lost';
export type InboxEvent = InboxEventsSubscription['inboxEvents'];

interface SocketEvents {
  on(event: 'connected', listener: () => void): () => void;
  on(event: 'closed', listener: (event: unknown) => void): () => void;
  terminate(): void;
}

interface FeedListeners {
  onEvent(event: InboxEvent): void;
  onActivity(activity: ActivitySubscription['activity']): void;
  onState(state: FeedState): void;
  /** What was missed is no longer kept: every page has to be loaded again. */
  onExpired(): void;
}

/** How a socket is closed that nobody listens on any more (RFC 6455). */
const normalClosure = 1_000;

/**
 * Keeps one subscription to the workspace's events alive. The cursor is taken before the first page is read, so nothing falls
 * between the two; after a loss the feed resumes behind the last event that it saw.
 */
export class InboxFeed {
  private cursor: string | null = null;
  private attempt = 0;
  private stopped = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private release: (() => void)[] = [];
  private readonly unlisten: (() => void)[];

  constructor(
    private readonly client: Client,
    private readonly socket: SocketEvents,
    private readonly listeners: FeedListeners,
  ) {
    this.unlisten = [
      socket.on('connected', () => this.settle()),
      // A line that was let go of here, to open another, is not lost: each try would end the one before it, for ever.
      socket.on('closed', (event) => (event as { code?: number }).code === normalClosure || this.lost()),
    ];
  }

  /** Fetches the cursor and subscribes behind it; tries again by itself until stopped. */
  async start(): Promise<void> {
    if (this.stopped) return;
    if (this.cursor === null) {
      const result = await this.client.query(InboxCursorDocument, {}, { requestPolicy: 'network-only' }).toPromise();
      if (this.stopped) return;
      if (!result.data) return this.lost();
      this.cursor = result.data.inboxCursor;
    }
    this.open(this.cursor);
  }

  /** Tries at once; the network came back or a person asked. */
  reconnect(): void {
    this.attempt = 0;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.close();
    void this.start();
  }

  /** Says at once what the browser knows already: there is no network. */
  goOffline(): void {
    this.socket.terminate();
    this.lost();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    clearTimeout(this.settling);
    this.close();
    for (const unlisten of this.unlisten) unlisten();
  }

  private open(after: string): void {
    this.close();
    const events = this.client.subscription(InboxEventsDocument, { after }).subscribe((result) => {
      if (result.error) {
        if (toApiFailure(result.error).code === 'CURSOR_EXPIRED') this.expired();
        else this.lost();
        return;
      }
      const event = result.data?.inboxEvents;
      if (!event) return;
      this.attempt = 0;
      this.cursor = event.cursor;
      this.live();
      this.listeners.onEvent(event);
    });
    const activity = this.client.subscription(ActivityDocument, {}).subscribe((result) => {
      if (result.data) this.listeners.onActivity(result.data.activity);
    });
    this.release = [() => events.unsubscribe(), () => activity.unsubscribe()];
  }

  private close(): void {
    const release = this.release;
    this.release = [];
    for (const unsubscribe of release) unsubscribe();
  }

  /** A quiet workspace may have no event to send: a line that stands for a moment counts as live. */
  private settle(): void {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.live(), 1_500);
  }

  private live(): void {
    clearTimeout(this.settling);
    if (this.timer === undefined) this.listeners.onState('live');
  }

  private expired(): void {
    this.close();
    this.cursor = null;
    this.listeners.onExpired();
  }

  private lost(): void {
    clearTimeout(this.settling);
    if (this.stopped || this.timer !== undefined) return;
    this.listeners.onState('lost');
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.close();
      void this.start();
    }, backoff(this.attempt++));
  }
}
