import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { SystemDatabase, sql } from '../../platform/database/index.js';
import { describeError } from '../../platform/logging/index.js';
import { PresenceBoard } from './presence-board.js';

interface Held {
  readonly workspaceId: string;
  readonly memberId: string;
  pages: number;
  /** When the last page was closed. */
  leftAt: number;
}

const beatMilliseconds = 10_000;
/** Two beats and a little: who is not heard of for so long is gone. */
const lastsSeconds = 22;
/** A page that is loaded anew comes back in this time, and nobody was told that it was gone. */
const graceMilliseconds = 1_000;
/** Those who come together are written together. */
const gatherMilliseconds = 50;

/**
 * The members whose pages are open at this process. All of them are one statement every 10 s, however many pages they
 * have; who comes or goes is written at once, and told.
 */
@Injectable()
export class MembersHere implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('MembersHere');
  private readonly process = randomUUID();
  private readonly held = new Map<string, Held>();
  /** What the table says of this process. */
  private readonly noted = new Map<string, Held>();
  private readonly waiting = new Set<NodeJS.Timeout>();
  private writing: Promise<void> = Promise.resolve();
  private beat: NodeJS.Timeout | null = null;

  constructor(
    private readonly system: SystemDatabase,
    private readonly board: PresenceBoard,
  ) {}

  onApplicationBootstrap(): void {
    this.beat = setInterval(() => void this.write('all'), beatMilliseconds).unref();
  }

  /** Says nothing more: who was here comes to another process at once, or their time is up. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.beat !== null) clearInterval(this.beat);
    for (const timer of this.waiting) clearTimeout(timer);
    await this.writing;
  }

  /** A page of a member is open; gives the function that closes it. */
  come(workspaceId: string, memberId: string): () => void {
    const held = this.held.get(memberId) ?? { workspaceId, memberId, pages: 0, leftAt: 0 };
    this.held.set(memberId, held);
    held.pages += 1;
    this.writeAfter(gatherMilliseconds);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      held.pages -= 1;
      held.leftAt = performance.now();
      if (held.pages === 0) this.writeAfter(graceMilliseconds);
    };
  }

  private writeAfter(milliseconds: number): void {
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      void this.write('changes');
    }, milliseconds).unref();
    this.waiting.add(timer);
  }

  /** Writes who came and who went, or all who are here once more. One writing at a time; a beat makes up for one that failed. */
  private write(what: 'changes' | 'all'): Promise<void> {
    this.writing = this.writing.then(() =>
      this.writeNow(what).catch((error: unknown) =>
        this.logger.warn(`It could not be noted who is here: ${describeError(error)}`),
      ),
    );
    return this.writing;
  }

  private async writeNow(what: 'changes' | 'all'): Promise<void> {
    // A timer may be a little early.
    const before = performance.now() - graceMilliseconds + 5;
    for (const [id, { pages, leftAt }] of this.held) if (pages === 0 && leftAt <= before) this.held.delete(id);
    const came = [...this.held.values()].filter(({ memberId }) => !this.noted.has(memberId));
    const gone = [...this.noted.values()].filter(({ memberId }) => !this.held.has(memberId));
    const here = what === 'all' ? [...this.held.values()] : came;
    if (here.length > 0)
      await this.system.execute(sql`
        insert into presences (workspace_id, member_id, process, until)
        select here.workspace, here.member, ${this.process}, now() + make_interval(secs => ${lastsSeconds})
          from unnest(${here.map(({ workspaceId }) => workspaceId)}::uuid[], ${here.map(({ memberId }) => memberId)}::uuid[]) as here (workspace, member)
        on conflict (workspace_id, member_id, process) do update set until = excluded.until`);
    for (const one of came) this.noted.set(one.memberId, one);
    if (gone.length > 0)
      await this.system.execute(sql`
        delete from presences where process = ${this.process} and member_id = any(${gone.map(({ memberId }) => memberId)}::uuid[])`);
    for (const { memberId } of gone) this.noted.delete(memberId);
    for (const workspaceId of new Set([...came, ...gone].map((one) => one.workspaceId))) this.board.tell(workspaceId);
    if (what === 'all' && here.length > 0)
      await this.system.execute(sql`
        delete from presences where ctid = any(array(
          select ctid from presences where until < now() - interval '1 hour' limit 1000 for update skip locked))`);
  }
}
