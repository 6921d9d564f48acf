import { setTimeout as sleep } from 'node:timers/promises';
import type { Chance } from './seed.js';
import type { Site } from './site.js';

export type Blow =
  'kill api' | 'kill worker' | 'kill postgres' | 'kill redis' | 'flush redis' | 'cut postgres' | 'cut redis';

/** Blows at places of a run that the seed chose: `at` counts what is done by then. */
export interface Planned {
  readonly at: number;
  readonly blow: Blow;
  /** How long it stays down before it is started again. */
  readonly downMilliseconds: number;
}

/** Spreads blows over a run, in the seed's order, at the seed's places. */
export function plan(chance: Chance, total: number, blows: readonly Blow[]): Planned[] {
  const share = total / (blows.length + 1);
  return chance.shuffled(blows).map((blow, index) => ({
    at: Math.floor(share * (index + 0.1 + chance.below(800) / 1_000)),
    blow,
    downMilliseconds: chance.below(600),
  }));
}

/** Strikes as the run goes on. Blows wait for one another: what is down is up again before the next. */
export class Schedule {
  readonly struck: string[] = [];
  private last: Promise<void> = Promise.resolve();
  private failure: unknown = null;

  constructor(
    private readonly site: Site,
    private readonly planned: readonly Planned[],
  ) {}

  /** Told how much is done; strikes what is due. */
  reached(done: number): void {
    for (const [index, next] of this.planned.entries()) {
      if (next.at > done || this.struck.length > index) continue;
      this.struck.push(`${String(next.at)}: ${next.blow}`);
      this.last = this.last
        .then(() => strike(this.site, next))
        .catch((error: unknown) => {
          this.failure = error;
        });
    }
  }

  /** Waits until everything that was struck is up again. */
  async over(): Promise<void> {
    await this.last;
    if (this.failure !== null) throw this.failure as Error;
    if (this.struck.length !== this.planned.length)
      throw new Error(`Only ${String(this.struck.length)} of ${String(this.planned.length)} blows were struck.`);
  }
}

async function strike(site: Site, { blow, downMilliseconds }: Planned): Promise<void> {
  switch (blow) {
    case 'kill api':
    case 'kill worker': {
      const one = blow === 'kill api' ? site.api : site.worker;
      await one.kill();
      await sleep(downMilliseconds);
      return one.start();
    }
    case 'kill postgres':
      await site.killPostgres();
      await site.ask('select 1');
      return;
    case 'kill redis':
      return site.killRedis();
    case 'flush redis':
      return site.flushRedis();
    case 'cut postgres':
      site.toPostgres.part();
      await sleep(downMilliseconds);
      return site.toPostgres.release();
    case 'cut redis':
      site.toRedis.part();
      await sleep(downMilliseconds);
      return site.toRedis.release();
  }
}
