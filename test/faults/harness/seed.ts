import { seededRandom } from '../../../apps/sandbox/faults.js';

/** Chance that can be repeated: the same seed draws the same numbers. */
export class Chance {
  private readonly next: () => number;

  constructor(readonly seed: number) {
    this.next = seededRandom(seed);
  }

  /** A whole number from 0 up to, not with, `below`. */
  below(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** True in `share` of the draws. */
  strikes(share: number): boolean {
    return this.next() < share;
  }

  /** One of several. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }

  /** The same items in another order. */
  shuffled<Item>(items: readonly Item[]): Item[] {
    const order = items.map((item) => ({ item, place: this.next() }));
    return order.sort((a, b) => a.place - b.place).map(({ item }) => item);
  }
}

/** The seeds of a run: the one in SEED, when something is to be repeated, else those given. */
export function seeds(usual: readonly number[]): readonly number[] {
  const asked = process.env['SEED'];
  return asked === undefined || asked === '' ? usual : [Number(asked)];
}

/** Runs something drawn from a seed; a failure says how to run it again. */
export async function fromSeed<Result>(
  seed: number,
  spec: string,
  run: (chance: Chance) => Promise<Result>,
): Promise<Result> {
  const night = spec.includes('.night.') ? 'run test:night' : 'test';
  try {
    return await run(new Chance(seed));
  } catch (error) {
    const again = `SEED=${String(seed)} npm ${night} -- ${spec}`;
    const said = error instanceof Error ? error.message : String(error);
    throw new Error(`With seed ${String(seed)} (again: ${again}):\n${said}`, { cause: error });
  }
}
