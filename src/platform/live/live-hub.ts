import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { SharedRead, SystemDatabase, type WorkspaceTransaction, Workspaces, sql } from '../database/index.js';
import { DomainError, ErrorCode } from '../errors/index.js';
import { describeError } from '../logging/index.js';
import { type Lane, visible } from './lane.js';
import { type LiveEvent, LiveKinds, type StoredChange, seqOfCursor } from './live-kinds.js';
import { LiveNews } from './live-news.js';
import { LivePage } from './live-page.js';

interface LaneState {
  readonly lane: Lane;
  position: number;
  live: boolean;
  left: boolean;
}

interface Feed {
  position: number;
  /** How far the feed is known to be. */
  news: number;
  readonly lanes: Set<LaneState>;
  reading: boolean;
}

interface Loaded {
  readonly events: readonly { readonly change: StoredChange; readonly event: LiveEvent }[];
  readonly count: number;
  readonly last: number;
}

/** In the place of what a lane is not shown. */
const nothing = Symbol('nothing');

/** Something could not be read of what a page shares. */
class PageBroken extends Error {}

// What one feed is made ready at a time: others, and webhooks, come in between.
const pageSize = 100;
const replayPage = 200;
const positionsAtOnce = 1_000;

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
    private readonly system: SystemDatabase,
    private readonly kinds: LiveKinds,
    private readonly news: LiveNews,
  ) {
    news.onNews((workspaceId, seq) => void this.read(workspaceId, seq));
  }

  onApplicationBootstrap(): void {
    // Redis brings the news at once; without it, or when a word was lost, this does.
    this.poll = setInterval(() => {
      this.ticks += 1;
      if (!this.news.connected || this.ticks % 10 === 0) void this.askForNews();
    }, 1_000).unref();
  }

  beforeApplicationShutdown(): void {
    if (this.poll !== null) clearInterval(this.poll);
  }

  /** The members who watch a feed of this process now. */
  async watching(): Promise<string[]> {
    const feeds = await Promise.allSettled(this.feeds.values());
    const members = new Set<string>();
    for (const feed of feeds) {
      if (feed.status !== 'fulfilled') continue;
      for (const { lane } of feed.value.lanes) if (lane.member.memberId !== null) members.add(lane.member.memberId);
    }
    return [...members];
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
      await this.goLive(workspaceId, feed, state);
      return leave;
    } catch (error) {
      leave();
      throw error;
    }
  }

  private async goLive(workspaceId: string, feed: Feed, state: LaneState): Promise<void> {
    await this.replay(workspaceId, feed, state);
    // Nothing runs between the end of the replay and this line, so no change can fall between the two.
    state.live = true;
  }

  private async replay(workspaceId: string, feed: Feed, state: LaneState): Promise<void> {
    for (;;) {
      if (state.left) return;
      const loaded = await this.workspaces.read(workspaceId, (tx) => this.load(tx, state.position, replayPage));
      const page = new LivePage(null);
      for (const { change, event } of loaded.events) {
        if (!visible(state.lane, change)) continue;
        const payload = await state.lane.make(event, page);
        if (state.left) return;
        state.lane.send(payload);
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
      .then((position): Feed => ({ position, news: position, lanes: new Set(), reading: false }));
    this.feeds.set(workspaceId, opened);
    opened.catch(() => this.feeds.delete(workspaceId));
    return opened;
  }

  /** Asks how far all feeds are that somebody watches, in one statement. */
  private async askForNews(): Promise<void> {
    const watched = [...this.feeds.keys()];
    for (let from = 0; from < watched.length; from += positionsAtOnce) {
      try {
        const rows = await this.system.query<{ workspaceId: string; events: string }>(sql`
          select workspace_id as "workspaceId", events::text
            from feed_positions(${watched.slice(from, from + positionsAtOnce)}::uuid[])`);
        for (const { workspaceId, events } of rows) void this.read(workspaceId, Number(events));
      } catch (error) {
        this.logger.warn(`It could not be asked for news of the feeds: ${describeError(error)}`);
      }
    }
  }

  /** Reads a feed up to the number that it is known to have come to. */
  private async read(workspaceId: string, seq: number): Promise<void> {
    const feed = await this.feeds.get(workspaceId)?.catch(() => undefined);
    if (feed === undefined) return;
    feed.news = Math.max(feed.news, seq);
    if (feed.reading) return;
    feed.reading = true;
    try {
      let alone = false;
      while (feed.position < feed.news) {
        try {
          await (alone ? this.readAlone(workspaceId, feed) : this.readTogether(workspaceId, feed));
          alone = false;
        } catch (error) {
          if (!(error instanceof PageBroken)) throw error;
          // One event whose row cannot be read must not hold up the rest: each by itself shows which it is.
          alone = true;
        }
      }
    } catch (error) {
      this.logger.warn({ workspaceId }, `The feed could not be read and will be read again: ${describeError(error)}`);
    } finally {
      feed.reading = false;
    }
  }

  /** Reads a page of the feed and all that its events show, its statements among those of other feeds. */
  private readTogether(workspaceId: string, feed: Feed): Promise<void> {
    return this.workspaces.readTogether(workspaceId, async (tx) => {
      const reader = new SharedRead(tx);
      const loaded = await reader.run(() => this.load(tx, feed.position, pageSize));
      await this.dispatch(workspaceId, feed, loaded, new LivePage(reader), () => {
        if (reader.failure !== null) throw new PageBroken('A page of the feed could not be read.');
      });
    });
  }

  /** The same with a reading of its own for each thing that is read. */
  private async readAlone(workspaceId: string, feed: Feed): Promise<void> {
    const loaded = await this.workspaces.read(workspaceId, (tx) => this.load(tx, feed.position, pageSize));
    await this.dispatch(workspaceId, feed, loaded, new LivePage(null), () => undefined);
  }

  /** Makes what each group of lanes is shown, then hands it out in the order of the feed without a pause. */
  private async dispatch(
    workspaceId: string,
    feed: Feed,
    { events, last }: Loaded,
    page: LivePage,
    check: () => void,
  ): Promise<void> {
    const payloads = await Promise.all(events.map(({ change, event }) => this.prepare(feed, change, event, page)));
    check();
    const late = new Set<LaneState>();
    for (const [index, { change }] of events.entries()) {
      for (const state of feed.lanes) {
        if (!state.live || state.position >= change.seq) continue;
        const payload = visible(state.lane, change) ? payloads[index]?.get(state.lane.group) : nothing;
        if (payload === undefined) {
          // It went live while the page was made, and nobody of its group was there before.
          state.live = false;
          late.add(state);
          continue;
        }
        state.position = change.seq;
        if (payload !== nothing) state.lane.send(payload);
      }
    }
    feed.position = Math.max(feed.position, last);
    for (const state of late) {
      this.goLive(workspaceId, feed, state).catch((error: unknown) => state.lane.fail(error));
    }
  }

  /** What each group of live lanes is shown of an event. */
  private async prepare(
    feed: Feed,
    change: StoredChange,
    event: LiveEvent,
    page: LivePage,
  ): Promise<Map<string, unknown>> {
    const making = new Map<string, Promise<unknown>>();
    for (const { lane, live, position } of feed.lanes) {
      if (!live || position >= change.seq || making.has(lane.group) || !visible(lane, change)) continue;
      making.set(lane.group, lane.make(event, page));
    }
    const made = await Promise.all(making.values());
    return new Map([...making.keys()].map((group, index) => [group, made[index]]));
  }

  private async load(tx: WorkspaceTransaction, after: number, limit: number): Promise<Loaded> {
    // Ordered by the column, not by what is selected under its name: as text, 10 would come before 9.
    const rows = await tx.query<Omit<StoredChange, 'seq'> & { seq: string }>(sql`
      select seq::text, at, kind, ids, detail, conversation_id as "conversationId", member_id as "memberId"
        from workspace_events where workspace_id = ${tx.workspaceId} and seq > ${after} order by workspace_events.seq limit ${limit}`);
    const changes = rows.map((row) => ({ ...row, seq: Number(row.seq) }));
    const events = changes.length === 0 ? [] : await this.kinds.load(tx, changes);
    return { events, count: changes.length, last: changes.at(-1)?.seq ?? after };
  }
}
