import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type Bull from 'bull';
import { Config } from '../config/index.js';
import { describeError } from '../logging/index.js';
import { Hints } from '../outbox/index.js';
import { openQueue, within } from './bull-queues.js';
import { type Claim, DueTable } from './due-table.js';
import type { Hint } from './fair-waiting.js';
import { RedisConnections } from './redis.js';
import { Turns } from './turns.js';
import type { Worker } from './worker.js';

const sweepMilliseconds = 10_000;
// A due row that nobody took for this long was hinted in vain: the hint is not repeated, the row is worked on here.
const lateSeconds = 15;
/** Rows of one workspace and kind that a sweep brings, and that are asked for at once where many wait. */
const sweptOfOne = 100;
const askedAtOnce = 200;
const closeMilliseconds = 2_000;
const timerSlack = 25;
const renewMilliseconds = 5_000;
const drainMilliseconds = 25_000;

/**
 * Typed jobs over the table `due`. A Bull queue for each kind wakes the workers and bounds how many run; the row in
 * Postgres says whether there is anything to do. Every 10 s a sweep looks for rows whose hint was lost, so that losing
 * all of Redis costs a delay and nothing else; without Redis the hints go round inside the process.
 */
@Injectable()
export class Queues implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Queues');
  private readonly workers = new Map<string, Worker>();
  private readonly queues = new Map<string, Bull.Queue<Hint>>();
  private readonly consumers: Bull.Queue<Hint>[] = [];
  /** By kind: who runs and who waits in this process. */
  private readonly turns = new Map<string, Turns>();
  private readonly running = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  /** Fires before the others are waited for: who only waits goes first. */
  private readonly leaving = new AbortController();
  private readonly claims = new Set<Claim>();
  private readonly timers: NodeJS.Timeout[] = [];
  private sweeping = false;

  constructor(
    private readonly config: Config,
    private readonly hints: Hints,
    private readonly due: DueTable,
    private readonly redis: RedisConnections,
  ) {
    hints.listen((kind, workspaceId, rowId) => this.hint(kind, { workspaceId, rowId }));
  }

  /** The queues that are added to, by kind; none without a Redis. */
  get opened(): ReadonlyMap<string, Bull.Queue> {
    return this.queues;
  }

  /** Registers who works on a kind of job; called once, when a module starts. */
  register(worker: Worker): void {
    this.workers.set(worker.kind, worker);
    this.turns.set(worker.kind, new Turns(worker));
  }

  onApplicationBootstrap(): void {
    for (const worker of this.workers.values()) {
      if (!this.redis.configured) continue;
      this.queues.set(worker.kind, openQueue(this.redis, worker.kind, false));
      if (this.config.works) this.consume(worker);
    }
    if (!this.config.works) return;
    this.timers.push(
      setInterval(() => void this.sweep(), sweepMilliseconds).unref(),
      setInterval(() => void this.renew(), renewMilliseconds).unref(),
    );
    void this.sweep();
  }

  /** Runs what is due now, in this process; also what the sweeper does every 10 s. */
  async sweep(): Promise<void> {
    if (this.sweeping || this.stopping.signal.aborted) return;
    this.sweeping = true;
    try {
      for (const row of await this.due.overdue([...this.workers.keys()], 500, sweptOfOne, lateSeconds)) {
        const worker = this.workers.get(row.kind);
        if (row.late && worker !== undefined) this.runHere(worker, row);
        else this.hint(row.kind, row);
      }
    } catch (error) {
      this.logger.warn(`The sweep failed and will be tried again: ${describeError(error)}`);
    } finally {
      this.sweeping = false;
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await within(
      closeMilliseconds,
      this.consumers.map((queue) => queue.pause(true, true)),
    );
    await within(closeMilliseconds, this.giveBack());
    this.leaving.abort();
    const drained = Promise.allSettled([...this.running]);
    await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, drainMilliseconds).unref())]);
    this.stopping.abort();
    await drained;
    for (const timer of this.timers) clearInterval(timer);
    await within(
      closeMilliseconds,
      [...this.consumers, ...this.queues.values()].map((queue) => queue.close(true)),
    );
  }

  // Bull gives up taking jobs for good when a call fails while it begins: hence connections that wait.
  private consume(worker: Worker): void {
    const queue = openQueue(this.redis, worker.kind, true);
    this.consumers.push(queue);
    queue
      .process(worker.concurrency, (job) => this.arrive(worker, job.data))
      .catch((error: unknown) => {
        if (this.stopping.signal.aborted) return;
        this.logger.error(`Jobs of ${worker.kind} come by the sweep alone from now on: ${describeError(error)}`);
      });
  }

  /** Says that a row is due. Fire and forget: Redis gets 200 ms, then this process does it, or the sweep. */
  private hint(kind: string, hint: Hint): void {
    const worker = this.workers.get(kind);
    if (worker === undefined || this.stopping.signal.aborted) return;
    const queue = this.queues.get(kind);
    if (queue === undefined || queue.client.status !== 'ready') {
      this.runHere(worker, hint);
      return;
    }
    queue.add({ workspaceId: hint.workspaceId, rowId: hint.rowId }).catch(() => this.runHere(worker, hint));
  }

  private runHere(worker: Worker, hint: Hint): void {
    if (!this.config.works) return;
    void this.arrive(worker, hint);
  }

  /**
   * Runs what a hint names if it is its workspace's turn. Else it waits here, and whoever brought the hint goes on to the
   * next: a workspace with many due rows stands in nobody's way.
   */
  private arrive(worker: Worker, hint: Hint): Promise<void> {
    const turns = this.turnsOf(worker);
    if (turns.mayRun(hint.workspaceId)) return this.run(worker, hint);
    turns.waiting.add(hint);
    return Promise.resolve();
  }

  private run(worker: Worker, hint: Hint): Promise<void> {
    const turns = this.turnsOf(worker);
    turns.begin(hint.workspaceId);
    const run = this.claimAndRun(worker, hint).finally(() => {
      this.running.delete(run);
      turns.end(hint.workspaceId);
      void this.goOn(worker, hint.workspaceId);
    });
    this.running.add(run);
    return run;
  }

  /** Whose turn it is now; of a workspace that had more than could wait here, the next of it. */
  private async goOn(worker: Worker, workspaceId: string): Promise<void> {
    if (this.stopping.signal.aborted) return;
    const turns = this.turnsOf(worker);
    const next = turns.next();
    if (next !== null) void this.run(worker, next);
    if (!turns.waiting.hasMore(workspaceId)) return;
    try {
      const rows = await this.due.dueOf(worker.kind, workspaceId, askedAtOnce);
      for (const rowId of rows) void this.arrive(worker, { workspaceId, rowId });
      if (rows.length === askedAtOnce) turns.waiting.noteMore(workspaceId);
    } catch (error) {
      this.logger.warn(`The sweep has to bring what waits: ${describeError(error)}`);
    }
  }

  /** Another process may take what waits here and has not begun. */
  private giveBack(): Promise<unknown>[] {
    const given: Promise<unknown>[] = [];
    for (const [kind, { waiting }] of this.turns) {
      const queue = this.queues.get(kind);
      if (queue?.client.status === 'ready')
        for (const hint of waiting.all) given.push(queue.add(hint).catch(() => undefined));
      waiting.clear();
    }
    return given;
  }

  private turnsOf(worker: Worker): Turns {
    const turns = this.turns.get(worker.kind);
    if (turns === undefined) throw new Error(`${worker.kind} was never registered.`);
    return turns;
  }

  private async claimAndRun(worker: Worker, { workspaceId, rowId }: Hint): Promise<void> {
    let claim: Claim | null = null;
    const limit = new AbortController();
    let timer: NodeJS.Timeout | null = null;
    try {
      claim = await this.due.claim(worker, workspaceId, rowId);
      if (claim === null) return;
      const held = claim;
      this.claims.add(held);
      timer = setTimeout(() => {
        // A run that takes too long is not held on to any more: another process may take the job over.
        this.claims.delete(held);
        limit.abort();
      }, worker.maxSeconds * 1_000);
      const stop = worker.yields === true ? this.leaving.signal : this.stopping.signal;
      const signal = AbortSignal.any([stop, limit.signal]);
      const again = await worker.run({ kind: worker.kind, workspaceId, rowId, attempt: held.attempt, signal });
      if (again !== undefined) {
        await this.due.postpone(held, again);
        const wait = 'againAt' in again ? again.againAt.getTime() - Date.now() : 1_000 * again.afterSeconds;
        this.hintAfter(worker.kind, { workspaceId, rowId }, wait);
      } else if (!(await this.due.complete(held))) this.hints.give(worker.kind, workspaceId, rowId);
    } catch (error) {
      await this.failed(worker, claim, error);
    } finally {
      if (timer !== null) clearTimeout(timer);
      if (claim !== null) this.claims.delete(claim);
    }
  }

  /** Hints when the time has come; a time further off than the next sweeps is left to them. */
  private hintAfter(kind: string, { workspaceId, rowId }: Hint, wait: number): void {
    if (wait <= 0) this.hints.give(kind, workspaceId, rowId);
    // A timer may go off a little early; a row that is not due yet would be passed over until the next sweep.
    else if (wait < 2 * sweepMilliseconds)
      setTimeout(() => this.hints.give(kind, workspaceId, rowId), wait + timerSlack).unref();
  }

  private async renew(): Promise<void> {
    if (this.claims.size === 0) return;
    await this.due.renew([...this.claims].map((claim) => claim.lease)).catch((error: unknown) => {
      this.logger.warn(`Running jobs could not be held on to: ${describeError(error)}`);
    });
  }

  private async failed(worker: Worker, claim: Claim | null, error: unknown): Promise<void> {
    const reason = describeError(error);
    const detail = {
      kind: worker.kind,
      workspaceId: claim?.workspaceId,
      rowId: claim?.rowId,
      attempt: claim?.attempt,
      err: error,
    };
    if (claim === null) {
      this.logger.warn(detail, `A job could not be taken: ${reason}`);
      return;
    }
    try {
      const aside = await this.due.fail(claim, reason);
      if (aside) this.logger.error(detail, 'A job was set aside after its last try.');
      else this.logger.warn(detail, 'A job failed and will be tried again.');
    } catch (failure) {
      // Its lease ends by itself, and then it is tried again.
      this.logger.warn(detail, `A failed job could not be put back: ${describeError(failure)}`);
    }
  }
}
