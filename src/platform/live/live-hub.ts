import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { MemberActor } from '../access/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../database/index.js';
import { DomainError, ErrorCode } from '../errors/index.js';
import { describeError } from '../logging/index.js';
import { type LiveEvent, LiveKinds, type StoredChange, seqOfCursor } from './live-kinds.js';
import { LiveNews } from './live-news.js';

/** Someone who watches a workspace's feed. */
export interface Lane {
  readonly member: MemberActor;
  readonly conversationId: string | null;
  /** Lanes with the same key are shown the same: what they get is made once. */
  readonly group: string;
  /** Gives one event to the lane; `shared` is the same promise for every lane of its group. */
  deliver(event: LiveEvent, share: (make: () => Promise<string | null>) => Promise<string | null>): Promise<void>;
}

interface LaneState {
  readonly lane: Lane;
  position: number;
  live: boolean;
  left: boolean;
}

interface Feed {
  position: number;
  readonly lanes: Set<LaneState>;
  reading: boolean;
  again: boolean;
}

const pageSize = 500;
const replayPage = 200;

/**
 * Hands the ordered feed of each watched workspace to those who watch. Each process reads new changes once and makes
 * each group's payload once; a lane that joins with a cursor is first given what it missed, without gap or repeat.
 */
@Injectable()
export class LiveHub implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('LiveHub');
  private readonly feeds = new Map<string, Promise<Feed>>();
  private poll: NodeJS.Timeout | null = null;
  private ticks = 0;

  constructor(
    private readonly workspaces: Workspaces,
    private readonly kinds: LiveKinds,
    private readonly news: LiveNews,
  ) {
    news.onNews((workspaceId) => void this.read(workspaceId));
  }

  onApplicationBootstrap(): void {
    // Redis brings the news at once; without it, or when a word was lost, this does.
    this.poll = setInterval(() => {
      this.ticks += 1;
      if (!this.news.connected || this.ticks % 10 === 0)
        for (const workspaceId of this.feeds.keys()) void this.read(workspaceId);
    }, 1_000).unref();
  }

  beforeApplicationShutdown(): void {
    if (this.poll !== null) clearInterval(this.poll);
  }

  /** The number of the newest change. */
  async position(tx: WorkspaceTransaction): Promise<number> {
    const row = await tx.first<{ events: string }>(
      sql`select events::text from workspace_counters where workspace_id = ${tx.workspaceId}`,
    );
    return Number(row?.events ?? 0);
  }

  /** Checks a client's cursor: null for "from now on", else the change to go on after. Throws CURSOR_EXPIRED. */
  async startAfter(workspaceId: string, after: string | null): Promise<number | null> {
    if (after === null) return null;
    const seq = seqOfCursor(after);
    const counter = await this.workspaces.read(workspaceId, (tx) =>
      tx.first<{ events: string; trimmed: string }>(sql`
        select events::text, events_trimmed::text as trimmed from workspace_counters where workspace_id = ${workspaceId}`),
    );
    if (seq === null || seq > Number(counter?.events ?? 0)) {
      throw new DomainError(
        ErrorCode.BAD_USER_INPUT,
        'This cursor was never given out here. Load the page again and take inboxCursor.',
        { field: 'after' },
      );
    }
    if (seq < Number(counter?.trimmed ?? 0)) {
      throw new DomainError(
        ErrorCode.CURSOR_EXPIRED,
        'This cursor is older than seven days. Load the page again and take inboxCursor.',
      );
    }
    return seq;
  }

  /**
   * Joins a lane. What it missed since `after` is delivered first, then `caughtUp` is called with the number reached,
   * then the live stream follows. Gives the function that leaves.
   */
  async join(lane: Lane, after: number | null, caughtUp: (seq: number) => Promise<void>): Promise<() => void> {
    const { workspaceId } = lane.member;
    const feed = await this.openFeed(workspaceId);
    const state: LaneState = { lane, position: after ?? feed.position, live: false, left: false };
    feed.lanes.add(state);
    const leave = () => {
      state.left = true;
      feed.lanes.delete(state);
      if (feed.lanes.size === 0) this.feeds.delete(workspaceId);
    };
    try {
      await this.replay(workspaceId, feed, state);
      await caughtUp(state.position);
      await this.replay(workspaceId, feed, state);
      // Nothing runs between the end of the replay and this line, so no change can fall between the two.
      state.live = true;
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  }

  private async replay(workspaceId: string, feed: Feed, state: LaneState): Promise<void> {
    for (;;) {
      if (state.left) return;
      const loaded = await this.load(workspaceId, state.position, replayPage);
      for (const { change, event } of loaded.events) {
        if (visible(state.lane, change)) await state.lane.deliver(event, (make) => make());
      }
      state.position = Math.max(state.position, loaded.last);
      if (loaded.count < replayPage && state.position >= feed.position) return;
    }
  }

  /** The feed as it stands in the map now: one whose last lane left while we waited is no longer read. */
  private async openFeed(workspaceId: string): Promise<Feed> {
    for (;;) {
      const opening = this.feedOf(workspaceId);
      const feed = await opening;
      if (this.feeds.get(workspaceId) === opening) return feed;
    }
  }

  private feedOf(workspaceId: string): Promise<Feed> {
    const known = this.feeds.get(workspaceId);
    if (known !== undefined) return known;
    const opened = this.workspaces
      .read(workspaceId, (tx) => this.position(tx))
      .then((position): Feed => ({ position, lanes: new Set(), reading: false, again: false }));
    this.feeds.set(workspaceId, opened);
    opened.catch(() => this.feeds.delete(workspaceId));
    return opened;
  }

  private async read(workspaceId: string): Promise<void> {
    const feed = await this.feeds.get(workspaceId)?.catch(() => undefined);
    if (feed === undefined) return;
    feed.again = true;
    if (feed.reading) return;
    feed.reading = true;
    try {
      while (feed.again) {
        feed.again = false;
        const loaded = await this.load(workspaceId, feed.position, pageSize);
        for (const { change, event } of loaded.events) {
          await this.dispatch(feed, change, event);
          feed.position = change.seq;
        }
        feed.position = Math.max(feed.position, loaded.last);
        if (loaded.count === pageSize) feed.again = true;
      }
    } catch (error) {
      this.logger.warn({ workspaceId }, `The feed could not be read and will be read again: ${describeError(error)}`);
    } finally {
      feed.reading = false;
    }
  }

  private async dispatch(feed: Feed, change: StoredChange, event: LiveEvent): Promise<void> {
    const made = new Map<string, Promise<string | null>>();
    const deliveries: Promise<void>[] = [];
    for (const state of feed.lanes) {
      if (!state.live || state.position >= change.seq) continue;
      state.position = change.seq;
      if (!visible(state.lane, change)) continue;
      const share = (make: () => Promise<string | null>) => {
        const known = made.get(state.lane.group);
        if (known !== undefined) return known;
        const fresh = make();
        made.set(state.lane.group, fresh);
        return fresh;
      };
      deliveries.push(state.lane.deliver(event, share));
    }
    await Promise.all(deliveries);
  }

  private async load(workspaceId: string, after: number, limit: number) {
    return this.workspaces.read(workspaceId, async (tx) => {
      // Ordered by the column, not by what is selected under its name: as text, 10 would come before 9.
      const rows = await tx.query<Omit<StoredChange, 'seq'> & { seq: string }>(sql`
        select seq::text, at, kind, ids, detail, conversation_id as "conversationId", member_id as "memberId"
          from workspace_events where workspace_id = ${workspaceId} and seq > ${after} order by workspace_events.seq limit ${limit}`);
      const changes = rows.map((row) => ({ ...row, seq: Number(row.seq) }));
      const events = changes.length === 0 ? [] : await this.kinds.load(tx, changes);
      return { events, count: changes.length, last: changes.at(-1)?.seq ?? after };
    });
  }
}

function visible(lane: Lane, change: StoredChange): boolean {
  if (change.memberId !== null && change.memberId !== lane.member.memberId) return false;
  return lane.conversationId === null || change.conversationId === lane.conversationId || change.kind === 'Erased';
}
