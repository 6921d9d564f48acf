import { Injectable, Logger } from '@nestjs/common';
import { Counter } from 'prom-client';
import type { MessageEvent } from '../../channels/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { describeError } from '../../platform/logging/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { NoticeDetails } from '../contacts/details/notice-details.js';
import { type Arrived, type Found, isMessage } from './look-up.js';
import { planStoring, unseen } from './plan-storing.js';
import { isRefused } from './refuse-blocked.js';
import { StoreMessages } from './store-messages.js';
import { withoutErased } from './without-erased.js';
import { Tombstones } from '../tombstones.js';
import { conversationsChanged, messagesAdded, messagesReceived } from './tell-arrivals.js';

/** How batches are stored: `short` is one statement, `long` a transaction of many; `turned` began short. */
export const inboundBatches = new Counter({
  name: 'parley_inbound_batches_total',
  help: 'Batches of incoming events of one workspace, by the way they were stored: short, long, turned.',
  labelNames: ['way'] as const,
});

/**
 * The short way for what most deliveries hold, messages of customers: looked up for all workspaces at once, then stored
 * with calls alone, which workspaces of the same moment make in one statement.
 */
@Injectable()
export class ReceivePlain {
  private readonly logger = new Logger('ReceivePlain');

  constructor(
    private readonly workspaces: Workspaces,
    private readonly tombstones: Tombstones,
    private readonly messages: StoreMessages,
    private readonly details: NoticeDetails,
    private readonly feed: LiveFeed,
    private readonly facts: Facts,
  ) {}

  /** Whether these events ask for nothing else. */
  takes(events: readonly Arrived[]): boolean {
    return events.every(
      (one) =>
        isMessage(one) &&
        one.event.from === 'contact' &&
        one.event.attachments.length === 0 &&
        one.event.thread === undefined,
    );
  }

  /** Stores them; false, and nothing is stored, where they take the long way after all. */
  async run(workspaceId: string, found: Found, arrived: readonly Arrived[]): Promise<boolean> {
    const events = found.tombstones
      ? await this.workspaces.readTogether(workspaceId, (tx) => withoutErased(tx, this.tombstones, found, arrived))
      : arrived;
    if (events.some((one) => isRefused(found, one))) return false;
    const plan = planStoring(found.people, unseen(found, events as readonly Arrived<MessageEvent>[]));
    const stored = plan.messages;
    if (stored.length === 0) return true;
    const received = messagesReceived(found.people, stored);
    const told = received === null ? [] : this.facts.callsFor(workspaceId, received);
    if (told === null) return false;
    const changes = [...messagesAdded(stored), ...conversationsChanged(stored)];
    const calls = [
      ...this.messages.callsFor(workspaceId, plan),
      ...told,
      ...this.details.callsFor(workspaceId, stored),
      // The feed's counter is held from here to the commit, so it comes last.
      this.feed.callFor(workspaceId, changes),
    ];
    try {
      await this.workspaces.call(workspaceId, calls, { oneAtATime: 'receive-messages' });
      inboundBatches.inc({ way: 'short' });
      return true;
    } catch (error) {
      // Whatever stood in the way, the long way meets it too: it looks again, tries again, and says what is wrong.
      this.logger.debug(`A batch takes the long way: ${describeError(error)}`);
      inboundBatches.inc({ way: 'turned' });
      return false;
    }
  }
}
