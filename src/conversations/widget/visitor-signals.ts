import { Injectable } from '@nestjs/common';
import type { RoutedItem, VisitorEvent } from '../../channels/index.js';
import { newId } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { ReceiveMessages } from '../inbound/receive-messages.js';
import { addressOf, shownName } from './visitor-contact.js';
import type { PresentVisitor } from './visitors.js';

type Unsaid<Event> = Event extends unknown ? Omit<Event, 'visitor' | 'name' | 'at'> : never;

/** What visitors do goes the way of what every platform sends: one place stores messages and what is said of them. */
@Injectable()
export class VisitorSignals {
  constructor(private readonly receive: ReceiveMessages) {}

  /** Applies one event of a visitor; it is stored when this ends. */
  async apply({ chat, visitor }: PresentVisitor, event: Unsaid<VisitorEvent>): Promise<void> {
    const receivedAt = new Date();
    const payload = {
      ...event,
      visitor: [addressOf(visitor)],
      name: shownName(visitor),
      at: receivedAt.getTime(),
    } as VisitorEvent;
    const { channelId, kind, workspaceId } = chat;
    const item: RoutedItem = { deliveryId: newId(), receivedAt, channelId, kind, payload };
    const { failed, rejected } = await this.receive.apply(new Map([[workspaceId, [item]]]));
    const failure = failed.get(workspaceId);
    if (failure !== undefined) throw failure instanceof Error ? failure : new Error('It could not be stored.');
    if (rejected.length > 0) throw badInput('text', 'This cannot be stored as it is.');
  }

  /** Everything of the business up to that time has come to the visitor, or was read by them. */
  async seen(present: PresentVisitor, status: 'DELIVERED' | 'READ', until: Date): Promise<void> {
    // The table knows the time to the microsecond.
    await this.apply(present, { type: 'seen', status, until: until.getTime() + 1 });
  }
}
