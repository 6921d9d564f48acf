import { seededRandom } from '../faults.ts';
import type { Obj } from '../json.ts';
import type { LedgerEntry } from '../ledger.ts';
import type { WebhookSender } from '../webhooks/sender.ts';
import type { World } from '../world/world.ts';
import type { BillingEvent } from './model.ts';
import { signatureHeaders, type BillingSigning } from './signing.ts';

const LOG_LIMIT = 5_000;

/** In which order events are sent again. */
export type SendingOrder = 'given' | 'reversed' | 'shuffled';

/** How events are sent again. */
export interface Sending {
  order: SendingOrder;
  /** Chooses the shuffle: the same number gives the same order. */
  seed: number;
  /** How often each is sent. */
  times: number;
  /** How many are under way at once. */
  parallel: number;
  sign: BillingSigning;
}

/** An event, and how often it was sent. */
export interface LoggedEvent {
  event: BillingEvent;
  sent: number;
}

/** Brings events to the business's server, remembers each, and holds them back when told to. */
export class Courier {
  /** How many of the next events are written down and not sent; null holds all. */
  holding: number | null = 0;
  private log: LoggedEvent[] = [];
  private readonly world: World;
  private readonly webhooks: WebhookSender;
  private readonly secret: string;

  constructor(world: World, webhooks: WebhookSender, secret: string) {
    this.world = world;
    this.webhooks = webhooks;
    this.secret = secret;
  }

  clear(): void {
    this.log = [];
    this.holding = 0;
  }

  /** Every event of a subscription, or of all, oldest first. */
  events(subscriptionId?: string): LoggedEvent[] {
    return this.log.filter(({ event }) => subscriptionId === undefined || event.subscriptionId === subscriptionId);
  }

  find(id: string): LoggedEvent | undefined {
    return this.log.find(({ event }) => event.id === id);
  }

  /** Sends what has just happened, one after the other, but for what is to be forgotten. */
  async announce(events: readonly BillingEvent[]): Promise<LedgerEntry[]> {
    const logged = events.map((event) => ({ event, sent: 0 }));
    this.log.push(...logged);
    if (this.log.length > LOG_LIMIT) this.log = this.log.slice(-LOG_LIMIT / 2);
    // Decided before the first is sent: a later word about holding is about later events.
    const free = logged.filter(() => !this.held());
    const entries: LedgerEntry[] = [];
    for (const one of free) entries.push(await this.send(one, 'right', true));
    return entries;
  }

  /** Sends events again: doubled, out of order, all at once, or wrongly signed. */
  async again(events: readonly LoggedEvent[], sending: Sending): Promise<LedgerEntry[]> {
    const queue = ordered(
      events.flatMap((event) => Array.from({ length: sending.times }, () => event)),
      sending,
    );
    const entries: LedgerEntry[] = [];
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift())
        entries.push(await this.send(next, sending.sign, false));
    };
    await Promise.all(Array.from({ length: sending.parallel }, worker));
    return entries;
  }

  private held(): boolean {
    if (this.holding === null) return true;
    if (this.holding === 0) return false;
    this.holding -= 1;
    return true;
  }

  private send(logged: LoggedEvent, sign: BillingSigning, retry: boolean): Promise<LedgerEntry> {
    const { event } = logged;
    logged.sent += 1;
    return this.webhooks.deliver({
      body: event.body,
      url: new URL(`billing/${event.merchant}`, this.world.settings.webhookUrl).href,
      sign: false,
      retry,
      ids: [event.id],
      facts: { event: event.kind, merchant: event.merchant, signed: sign, body: JSON.parse(event.body) as Obj },
      headers: () => ({ 'user-agent': AGENTS[event.merchant], ...signatureHeaders(event, this.secret, sign) }),
    });
  }
}

const AGENTS = { paddle: 'Paddle', lemonsqueezy: 'LemonSqueezy-Hookshot', polar: 'polar.sh webhooks' };

function ordered(events: LoggedEvent[], { order, seed }: Sending): LoggedEvent[] {
  if (order === 'given') return events;
  if (order === 'reversed') return events.reverse();
  const random = seededRandom(seed);
  const places = events.map((event) => ({ event, place: random() }));
  return places.sort((a, b) => a.place - b.place).map(({ event }) => event);
}
