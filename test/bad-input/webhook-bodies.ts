import type { BadWebhooks } from './bad-webhooks.js';
import { type BadDelivery, mutateDelivery } from './mutate-delivery.js';
import { asNew } from './real-deliveries.js';
import { Random, seedOf } from './seed.js';

const batch = 100;

/** What came of a run, for the report. */
export interface Tally {
  readonly seed: number;
  readonly sent: number;
  readonly refused: readonly string[];
  readonly reasons: ReadonlyMap<string, number>;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly messages: number;
  readonly malformed: readonly string[];
  readonly delay: { readonly p99: number; readonly max: number };
  readonly isUp: boolean;
}

/** Whether a reason says something to an operator, and nothing of the content. */
export function isReason(reason: string): boolean {
  const words = reason.replace(/^\d+ parts of it could not be applied; the first: /, '');
  return /^(it cannot be (understood|stored) \()?[\w .:-]{4,120}\)?$/.test(words) && words.length < 200;
}

/** The mutations that a seed decides. */
export function mutationsOf(bad: BadWebhooks, seed: number, count: number): BadDelivery[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, number) => {
    const real = random.pick(bad.real);
    const mutated = mutateDelivery(random, asNew(real, number));
    return { ...mutated, what: `${String(number)} ${real.channel} ${real.kind}: ${mutated.what}` };
  });
}

/** Sends so many mutations, batch by batch, each of which has to come to an end before the next. */
export async function sendMutations(bad: BadWebhooks, count: number): Promise<Tally> {
  const seed = seedOf('webhook bodies');
  const cases = mutationsOf(bad, seed, count);
  const refused: string[] = [];
  for (let at = 0; at < cases.length; at += batch) {
    refused.push(...(await bad.postAll(cases.slice(at, at + batch))));
    await bad.settled();
  }
  const delay = await bad.loopDelay();
  const tally = {
    seed,
    sent: cases.length,
    refused,
    delay,
    reasons: await bad.reasons(),
    outcomes: await bad.outcomes(),
  };
  return { ...tally, ...(await bad.readBack()), isUp: await bad.isUp() };
}
