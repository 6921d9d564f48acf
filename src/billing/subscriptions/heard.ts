import type { MerchantStatus, MerchantSubscription } from '../merchants/merchant.js';

/** What was heard of a subscription so far: its newest state, and since when payments are missing. */
export interface Heard {
  readonly customer: string;
  readonly status: MerchantStatus;
  readonly prices: readonly string[];
  readonly renewsAt: Date | null;
  readonly endsAt: Date | null;
  readonly asOf: Date;
  /** When it was last said that it is paid for. One that is paused or canceled may be so for want of payment. */
  readonly goodAt: Date | null;
  /** When it was said since then that one is, the earliest first. */
  readonly pastDues: readonly Date[];
}

/** So many are kept: the first of them is what counts. */
const mostPastDues = 50;
/** Clocks differ, but not by more than a day. */
const believed = 86_400_000;

/** What is known after the first word. */
export function firstHeard(told: MerchantSubscription): Heard {
  const { customer, status, prices, renewsAt, endsAt, asOf } = told;
  const state = { customer, status, prices, renewsAt, endsAt, asOf };
  return { ...state, goodAt: isPaid(status) ? asOf : null, pastDues: status === 'PAST_DUE' ? [asOf] : [] };
}

/**
 * What is known after another word, in whichever order the words came; the same object where it says nothing new. Of two
 * states of one moment our own question's answer holds, and among events always the same one. What was said in a time that
 * is still to come would hold against everything until then: the answer to our question takes its place.
 */
export function heardMore<Known extends Heard>(
  known: Known,
  told: MerchantSubscription,
  asked: boolean,
  now = new Date(),
): Known {
  const soon = now.getTime() + believed;
  if (asked && known.asOf.getTime() > soon && told.asOf.getTime() <= soon) return { ...known, ...firstHeard(told) };
  const goodAt = latest(known.goodAt, isPaid(told.status) ? told.asOf : null);
  const pastDues = missing([...known.pastDues, ...(told.status === 'PAST_DUE' ? [told.asOf] : [])], goodAt);
  const { customer, status, prices, renewsAt, endsAt, asOf } = holds(known, told, asked) ? told : known;
  const heard = { ...known, customer, status, prices, renewsAt, endsAt, asOf, goodAt, pastDues };
  return inWords(heard) === inWords(known) ? known : heard;
}

/**
 * What was told, with the prices that are known instead of its own. It counts as said a moment earlier, so that the same
 * holds over it once all its prices are known.
 */
export function notYetUnderstood(told: MerchantSubscription, prices: readonly string[]): MerchantSubscription {
  return { ...told, prices, asOf: new Date(told.asOf.getTime() - 1) };
}

function isPaid(status: MerchantStatus): boolean {
  return status === 'ACTIVE' || status === 'TRIALING';
}

function holds(known: Heard, told: MerchantSubscription, asked: boolean): boolean {
  const later = told.asOf.getTime() - known.asOf.getTime();
  return later > 0 || (later === 0 && (asked || stateIn(told) > stateIn(known)));
}

function latest(one: Date | null, other: Date | null): Date | null {
  return one === null || (other !== null && other > one) ? other : one;
}

function missing(moments: readonly Date[], goodAt: Date | null): Date[] {
  const times = moments.map(Number).filter((time) => goodAt === null || time > goodAt.getTime());
  return [...new Set(times)]
    .sort((one, other) => one - other)
    .slice(0, mostPastDues)
    .map((time) => new Date(time));
}

function stateIn({ customer, status, prices, renewsAt, endsAt }: Omit<Heard, 'asOf' | 'goodAt' | 'pastDues'>): string {
  return JSON.stringify([status, [...prices].sort(), endsAt, renewsAt, customer]);
}

function inWords(heard: Heard): string {
  return JSON.stringify([stateIn(heard), heard.asOf, heard.goodAt, heard.pastDues]);
}
