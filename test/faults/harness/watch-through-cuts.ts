import { setTimeout as sleep } from 'node:timers/promises';
import type { TestClient } from '../../support/client.js';
import type { Chance } from './seed.js';

interface Told {
  readonly __typename: string;
  readonly cursor: string;
}

/** A screen whose connection is cut again and again, and which goes on after the last cursor that it saw. */
export class CutWatcher {
  /** Numbers of the changes it was told, in the order in which they came. */
  readonly seen: number[] = [];
  cuts = 0;
  /** Connections that were refused or broke before anything came: the server was down. */
  failures = 0;
  private cursor: string | null = null;
  private stopped = false;

  constructor(
    private readonly client: TestClient,
    private readonly chance: Chance,
  ) {}

  /** The number of the change after which it began. */
  begun: number | null = null;

  /** Watches and cuts until `cuts` cuts are made. */
  async run(cuts: number): Promise<void> {
    while (this.cuts < cuts && !this.stopped) {
      const from = this.seen.length;
      await this.once(20 + this.chance.below(260));
      // A connection that told nothing yet was refused; only what was under way counts as cut.
      if (this.seen.length > from) this.cuts += 1;
    }
  }

  /** Watches until it was told of change `last`. */
  async catchUp(last: number, milliseconds: number): Promise<void> {
    const deadline = Date.now() + milliseconds;
    while ((this.seen.at(-1) ?? 0) < last && Date.now() < deadline) await this.once(1_000);
  }

  stop(): void {
    this.stopped = true;
  }

  private async once(milliseconds: number): Promise<void> {
    const watch = this.client.watch<Told>(
      `subscription ($after: String) { inboxEvents(after: $after) { __typename cursor } }`,
      { after: this.cursor },
    );
    await sleep(milliseconds);
    watch.cut();
    if (watch.error !== null && watch.events.length === 0) {
      this.failures += 1;
      await sleep(100);
    }
    for (const { __typename, cursor } of watch.events) {
      this.cursor = cursor;
      const seq = Math.floor(Number(cursor) / 2);
      this.begun ??= seq;
      if (__typename !== 'CaughtUp') this.seen.push(seq);
    }
    await this.client.close();
  }
}
