import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { LiveNews } from '../../platform/live/index.js';
import { describeError } from '../../platform/logging/index.js';

/** Called with the members of whom something is different now. */
type Push = (memberIds: readonly string[]) => void;

interface Room {
  readonly watchers: Set<Push>;
  /** Who was here when it was looked last; null before. */
  here: ReadonlySet<string> | null;
}

interface Told {
  readonly kind: 'presence';
  readonly memberIds: readonly string[];
}

/** Whose process died is missed by this, and what Redis lost is found by it. */
const lookEverySeconds = 5;

/**
 * Who is here in the workspaces that somebody watches at this process. Processes tell each other that there is something
 * to look at; what there is, the database says: one statement for all of them, each second where there is no Redis.
 */
@Injectable()
export class PresenceBoard implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('PresenceBoard');
  private readonly rooms = new Map<string, Room>();
  /** Where there is something to look at, and of whom it is known already that they changed. */
  private readonly asked = new Map<string, Set<string>>();
  private looking: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private ticks = 0;

  constructor(
    private readonly system: SystemDatabase,
    private readonly news: LiveNews,
  ) {
    news.onPassing((workspaceId, message) => {
      if (isTold(message)) void this.look(workspaceId, message.memberIds);
    });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.ticks += 1;
      if (this.news.connected && this.ticks % lookEverySeconds !== 0) return;
      for (const workspaceId of this.rooms.keys()) void this.look(workspaceId, []);
    }, 1_000).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    this.rooms.clear();
    await this.looking;
  }

  /** Says that somebody came or went, or, with `memberIds`, that something else about them is different. */
  tell(workspaceId: string, memberIds: readonly string[] = []): void {
    this.news.tellPassing(workspaceId, { kind: 'presence', memberIds } satisfies Told);
  }

  /** Calls `push` with those who are here, then with everybody who changes; gives the function that ends this. */
  watch(workspaceId: string, push: Push): () => void {
    const room = this.rooms.get(workspaceId) ?? { watchers: new Set<Push>(), here: null };
    this.rooms.set(workspaceId, room);
    room.watchers.add(push);
    if (room.here === null) void this.look(workspaceId, []);
    else push([...room.here]);
    return () => {
      room.watchers.delete(push);
      if (room.watchers.size === 0 && this.rooms.get(workspaceId) === room) this.rooms.delete(workspaceId);
    };
  }

  private look(workspaceId: string, memberIds: readonly string[]): Promise<void> {
    if (!this.rooms.has(workspaceId)) return Promise.resolve();
    const named = this.asked.get(workspaceId) ?? new Set<string>();
    this.asked.set(workspaceId, named);
    for (const id of memberIds) named.add(id);
    // What is asked while it is looked is looked at next: an answer never overtakes a newer one.
    this.looking ??= this.lookAtAll().finally(() => (this.looking = null));
    return this.looking;
  }

  private async lookAtAll(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.asked.size > 0) {
      const asked = new Map(this.asked);
      this.asked.clear();
      try {
        const rows = await this.system.query<{ workspaceId: string; memberId: string }>(sql`
          select distinct workspace_id as "workspaceId", member_id as "memberId" from presences
           where workspace_id = any(${[...asked.keys()]}::uuid[]) and until > now()`);
        const here = Map.groupBy(rows, (row) => row.workspaceId);
        for (const [id, named] of asked) this.show(id, new Set(here.get(id)?.map((row) => row.memberId)), named);
      } catch (error) {
        this.logger.warn(`It could not be seen who is here: ${describeError(error)}`);
      }
    }
  }

  private show(workspaceId: string, here: ReadonlySet<string>, named: ReadonlySet<string>): void {
    const room = this.rooms.get(workspaceId);
    if (room === undefined) return;
    const before = room.here;
    room.here = here;
    // Where nobody had looked before, all there is is new.
    const moved = [...here, ...(before ?? [])].filter((id) => here.has(id) !== before?.has(id));
    const changed = new Set([...named, ...moved]);
    if (changed.size > 0 || before === null) for (const push of room.watchers) push([...changed]);
  }
}

function isTold(message: unknown): message is Told {
  return typeof message === 'object' && message !== null && (message as { kind?: unknown }).kind === 'presence';
}
