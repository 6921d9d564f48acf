import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Field, ObjectType } from '@nestjs/graphql';
import { InboxEvent } from '../conversations/index.js';
import { type LiveEvent, LiveKinds, cursorOf } from '../platform/live/index.js';
import { leadsByIds } from './lead.loader.js';
import { LeadType } from './lead.type.js';

@ObjectType({ implements: () => [InboxEvent], description: 'Somebody is interested.' })
export class LeadAdded extends InboxEvent {
  @Field(() => LeadType, { description: 'The lead as it is now.' })
  lead: LeadType;

  constructor(cursor: string, at: Date, lead: LeadType) {
    super(cursor, at);
    this.lead = lead;
  }
}

@ObjectType({ implements: () => [InboxEvent], description: 'A lead is not what it was.' })
export class LeadChanged extends InboxEvent {
  @Field(() => LeadType, { description: 'The lead as it is now.' })
  lead: LeadType;

  constructor(cursor: string, at: Date, lead: LeadType) {
    super(cursor, at);
    this.lead = lead;
  }
}

/** Tells the live feed how to make the events of leads out of what was stored of them. */
@Injectable()
export class LeadLiveEvents implements OnModuleInit {
  constructor(private readonly kinds: LiveKinds) {}

  onModuleInit(): void {
    this.register('LeadAdded', (...known) => new LeadAdded(...known));
    this.register('LeadChanged', (...known) => new LeadChanged(...known));
  }

  private register(kind: string, make: (cursor: string, at: Date, lead: LeadType) => LiveEvent): void {
    this.kinds.register(kind, async (tx, changes) => {
      const rows = await leadsByIds(tx, [...new Set(changes.flatMap(({ ids }) => ids.slice(0, 1)))]);
      const events = new Map<number, LiveEvent>();
      for (const { seq, at, ids } of changes) {
        const row = rows.get(ids[0] ?? '');
        if (row !== undefined) events.set(seq, make(cursorOf(seq), at, LeadType.from(row)));
      }
      return events;
    });
  }
}
