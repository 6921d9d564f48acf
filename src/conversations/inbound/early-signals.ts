import { Injectable } from '@nestjs/common';
import type {
  Customer,
  EditEvent,
  ReachEvent,
  ReactionEvent,
  ReceiptEvent,
  UnsendEvent,
  WatermarkEvent,
} from '../../channels/index.js';
import { type WorkspaceTransaction, cleanJson, sql } from '../../platform/database/index.js';
import type { NewMessage } from './plan-storing.js';

type Early = EditEvent | UnsendEvent | ReceiptEvent | ReactionEvent | WatermarkEvent | ReachEvent;

const receiptRank = { SENT: 1, DELIVERED: 2, FAILED: 3, READ: 4 } as const;
const keepDays = 8;

/** What was said of a message, or by a person, that has not come yet. Of several the one that counts in the end is kept. */
@Injectable()
export class EarlySignals {
  async keep(tx: WorkspaceTransaction, channelId: string, event: Early): Promise<void> {
    const { about, kind, rank } = placeOf(event);
    // Of somebody whom nobody here knows no more is kept than it takes to recognise them.
    const value = 'customer' in event ? { ...event, customer: { ...event.customer, name: null } } : event;
    await tx.execute(sql`
      insert into early_signals (workspace_id, channel_id, message_external_id, kind, rank, at, value)
      values (${tx.workspaceId}, ${channelId}, ${about}, ${kind}, ${rank}, ${new Date(event.at)},
              ${JSON.stringify(cleanJson(value))}::jsonb)
      on conflict (workspace_id, channel_id, message_external_id, kind) do update
         set rank = excluded.rank, at = excluded.at, value = excluded.value
       where (early_signals.rank, early_signals.at) < (excluded.rank, excluded.at)`);
    // What no message ever came for is let go of after the platforms' last repeat.
    await tx.execute(
      sql`delete from early_signals where workspace_id = ${tx.workspaceId} and received_at < now() - make_interval(days => ${keepDays})`,
    );
  }

  /** Takes out what waits for these messages, and for the people who wrote them. */
  async take(
    tx: WorkspaceTransaction,
    messages: readonly NewMessage[],
  ): Promise<{ item: { channelId: string }; event: Early }[]> {
    if (messages.length === 0) return [];
    const awaited = messages.flatMap(({ item: { channelId }, event }) => [
      { channelId, about: event.externalId },
      ...event.customer.addresses.map(({ externalId }) => ({ channelId, about: personKey(externalId) })),
    ]);
    const rows = await tx.query<{ channelId: string; value: Early }>(sql`
      delete from early_signals e
       using (select distinct * from unnest(${awaited.map((one) => one.channelId)}::uuid[], ${awaited.map((one) => one.about)}::text[])
               as said (channel_id, external_id)) as came
       where e.workspace_id = ${tx.workspaceId} and e.channel_id = came.channel_id and e.message_external_id = came.external_id
      returning e.channel_id as "channelId", e.value`);
    return rows.map((row) => ({ item: { channelId: row.channelId }, event: row.value }));
  }

  /** Takes out what waits for one message that we sent and whose platform id we just learned. */
  async takeFor(tx: WorkspaceTransaction, channelId: string, externalId: string): Promise<Early[]> {
    const rows = await tx.query<{ value: Early }>(sql`
      delete from early_signals where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and message_external_id = ${externalId}
      returning value`);
    return rows.map((row) => row.value);
  }
}

interface Place {
  readonly about: string;
  readonly kind: string;
  /** What counts in the end: the highest edit, the furthest receipt, the latest time. */
  readonly rank: number;
}

function placeOf(event: Early): Place {
  switch (event.type) {
    case 'edit':
      return { about: event.messageExternalId, kind: event.type, rank: event.number };
    case 'unsend':
      return { about: event.messageExternalId, kind: event.type, rank: 0 };
    case 'receipt':
      return { about: event.messageExternalId, kind: event.type, rank: receiptRank[event.status] };
    case 'watermark':
      return { about: keyOf(event.customer), kind: `watermark ${event.status}`, rank: seconds(event.until) };
    case 'reach':
      return { about: keyOf(event.customer), kind: `reach ${String(event.reachable)}`, rank: seconds(event.at) };
    case 'reaction': {
      const what = event.emoji === null ? 'taken' : 'given';
      return { about: keyOf(event.customer), kind: `${what} ${event.messageExternalId}`, rank: seconds(event.at) };
    }
  }
}

const keyOf = (customer: Customer) => personKey(customer.addresses[0].externalId);
const personKey = (externalId: string) => `person ${externalId}`;
const seconds = (milliseconds: number) => Math.floor(milliseconds / 1_000);
