import { Injectable } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { SystemDatabase, countInSpan, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { Secrets } from '../../platform/secrets/index.js';

const minute = 60;
const hour = 3_600;

type Scope = 'visitor' | 'network' | 'inbox';
interface Cap {
  readonly scope: Scope;
  readonly most: number;
  readonly seconds: number;
}

/** How often each may be done. An office stands behind one address; an inbox has a day on which it is in the news. */
export const widgetCaps = {
  start: [
    { scope: 'network', most: 60, seconds: 10 * minute },
    { scope: 'inbox', most: 1_000, seconds: 10 * minute },
  ],
  begin: [
    { scope: 'network', most: 20, seconds: hour },
    { scope: 'inbox', most: 600, seconds: hour },
  ],
  write: [
    { scope: 'visitor', most: 20, seconds: minute },
    { scope: 'network', most: 100, seconds: minute },
    { scope: 'inbox', most: 1_200, seconds: minute },
  ],
  upload: [
    { scope: 'visitor', most: 20, seconds: hour },
    { scope: 'network', most: 60, seconds: hour },
    { scope: 'inbox', most: 1_000, seconds: hour },
  ],
  signal: [
    { scope: 'visitor', most: 120, seconds: minute },
    { scope: 'network', most: 1_200, seconds: minute },
  ],
  look: [
    { scope: 'visitor', most: 120, seconds: minute },
    { scope: 'network', most: 1_200, seconds: minute },
  ],
} as const satisfies Readonly<Record<string, readonly Cap[]>>;

/** Who does it. */
export interface Doer {
  readonly channelId: string;
  readonly ip: string | null;
  /** Absent before there is one. */
  readonly visitorId?: string;
}

const tidyEvery = 500;

/**
 * Caps for each visitor, network and inbox, counted in the database: every process and every restart sees the same
 * count. Keys are keyed digests. What a cap refuses is not counted, and an inbox's count only grows by what the caps of
 * visitor and network let through.
 */
@Injectable()
export class WidgetLimits {
  private counted = 0;

  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
  ) {}

  /** Counts one, or throws RATE_LIMITED. */
  async count(what: keyof typeof widgetCaps, doer: Doer): Promise<void> {
    for (const cap of widgetCaps[what]) await this.countOne(what, cap, doer);
    this.counted += 1;
    if (this.counted % tidyEvery === 1) await this.tidy();
  }

  private async countOne(what: string, cap: Cap, doer: Doer): Promise<void> {
    // A statement by itself: the row that a whole inbox shares is held for no longer than it takes.
    if (await countInSpan(this.system, this.keyOf(what, cap.scope, doer), cap)) return;
    throw new DomainError(
      ErrorCode.RATE_LIMITED,
      'This is more than the chat takes at once. Try again a little later.',
      {
        retryAfter: Math.min(cap.seconds, minute),
      },
    );
  }

  private keyOf(what: string, scope: Scope, { channelId, ip, visitorId }: Doer): Buffer {
    const who = { visitor: visitorId ?? '', network: networkOf(ip), inbox: '' }[scope];
    return this.secrets.digest('widget', what, scope, channelId, who);
  }

  private async tidy(): Promise<void> {
    await this.system.execute(sql`
      delete from guesses where key in (select key from guesses where expires_at < now() limit 1000 for update skip locked)`);
  }
}

/** One network's worth of addresses: a person has a /64 of IPv6 to themselves. */
export function networkOf(ip: string | null): string {
  if (ip === null || !ipaddr.isValid(ip)) return 'unknown';
  const address = ipaddr.process(ip);
  return address.kind() === 'ipv4'
    ? address.toString()
    : Buffer.from(address.toByteArray().slice(0, 8)).toString('hex');
}
