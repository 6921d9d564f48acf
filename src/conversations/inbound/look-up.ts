import { Injectable } from '@nestjs/common';
import type { InboundEvent, MessageEvent, RoutedItem } from '../../channels/index.js';
import { SystemDatabase, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { People } from './people.js';

/** An event with the item that it came in. */
export interface Arrived<Event extends InboundEvent = InboundEvent> {
  readonly item: RoutedItem;
  readonly event: Event;
}

/** What the database knows of the people and messages of a workspace's batch. */
export interface Found {
  readonly people: People;
  /** Messages that are stored already: `channel external-id`. */
  readonly known: ReadonlySet<string>;
  /** Whether anybody was erased here: only then may an event be about one of them. */
  readonly tombstones: boolean;
}

interface Row {
  readonly workspaceId: string;
  readonly people:
    | readonly [
        channel: string,
        address: string,
        contact: string,
        thread: string,
        conversation: string | null,
        blocked: boolean,
      ][]
    | null;
  readonly known: readonly [channel: string, externalId: string][] | null;
  readonly tombstones: boolean;
}

/** Finds who wrote and what is stored already: one statement, for however many workspaces. */
@Injectable()
export class LookUp {
  constructor(private readonly system: SystemDatabase) {}

  /** For many workspaces at once, each read under its own row security. What is stored from it has to be checked again. */
  async ofAll(batches: ReadonlyMap<string, readonly Arrived[]>): Promise<Map<string, Found>> {
    const rows = await this.system.query<Row>(statementFor(batches));
    return new Map(rows.map((row) => [row.workspaceId, foundIn(row)]));
  }

  /** For the workspace of a transaction. */
  async inside(tx: WorkspaceTransaction, events: readonly Arrived[]): Promise<Found> {
    const row = await tx.first<Row>(statementFor(new Map([[tx.workspaceId, events]])));
    return foundIn(row ?? { workspaceId: tx.workspaceId, people: null, known: null, tombstones: false });
  }
}

export const messageKey = (channelId: string, externalId: string): string => `${channelId} ${externalId}`;

export function isMessage(one: Arrived): one is Arrived<MessageEvent> {
  return one.event.type === 'message';
}

function statementFor(batches: ReadonlyMap<string, readonly Arrived[]>) {
  const asked = [...batches.values()].map((events) => {
    const addresses = new Map<string, object>();
    for (const { item, event } of events) {
      if (!('customer' in event)) continue;
      for (const { externalId } of event.customer.addresses)
        addresses.set(`${item.channelId} ${externalId}`, { channel: item.channelId, external: externalId });
    }
    const messages = events
      .filter(isMessage)
      .map(({ item, event }) => ({ channel: item.channelId, external: event.externalId }));
    return JSON.stringify({ addresses: [...addresses.values()], messages });
  });
  return sql`select workspace_id as "workspaceId", people, known, tombstones from look_up_arrivals(${[...batches.keys()]}::uuid[], ${asked}::jsonb[])`;
}

function foundIn(row: Row): Found {
  const people = new People();
  for (const [channelId, address, contactId, threadKey, conversationId, blocked] of row.people ?? []) {
    people.add(channelId, address, { contactId, threadKey });
    if (blocked) people.block(contactId);
    if (conversationId !== null) people.setConversation(channelId, threadKey, conversationId);
  }
  const known = new Set((row.known ?? []).map(([channel, externalId]) => messageKey(channel, externalId)));
  return { people, known, tombstones: row.tombstones };
}
