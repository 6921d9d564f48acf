import { Injectable } from '@nestjs/common';
import type { EditEvent, ReceiptEvent, UnsendEvent } from '../../channels/index.js';
import { type WorkspaceTransaction, cleanJson, sql } from '../../platform/database/index.js';
import type { NewMessage } from './plan-storing.js';

type Early = EditEvent | UnsendEvent | ReceiptEvent;

const receiptRank = { SENT: 1, DELIVERED: 2, FAILED: 3, READ: 4 } as const;
const keepDays = 8;

/** What was said of a message that has not come yet. Of several the one that counts in the end is kept. */
@Injectable()
export class EarlySignals {
  async keep(tx: WorkspaceTransaction, channelId: string, event: Early): Promise<void> {
    const rank = event.type === 'edit' ? event.number : event.type === 'receipt' ? receiptRank[event.status] : 0;
    await tx.execute(sql`
      insert into early_signals (workspace_id, channel_id, message_external_id, kind, rank, at, value)
      values (${tx.workspaceId}, ${channelId}, ${event.messageExternalId}, ${event.type}, ${rank}, ${new Date(event.at)},
              ${JSON.stringify(cleanJson(event))}::jsonb)
      on conflict (workspace_id, channel_id, message_external_id, kind) do update
         set rank = excluded.rank, at = excluded.at, value = excluded.value where early_signals.rank < excluded.rank`);
    // What no message ever came for is let go of after the platforms' last repeat.
    await tx.execute(
      sql`delete from early_signals where workspace_id = ${tx.workspaceId} and received_at < now() - make_interval(days => ${keepDays})`,
    );
  }

  /** Takes out what waits for these messages. */
  async take(
    tx: WorkspaceTransaction,
    messages: readonly NewMessage[],
  ): Promise<{ item: { channelId: string }; event: Early }[]> {
    if (messages.length === 0) return [];
    const rows = await tx.query<{ channelId: string; value: Early }>(sql`
      delete from early_signals e
       using unnest(${messages.map((message) => message.item.channelId)}::uuid[], ${messages.map((message) => message.event.externalId)}::text[])
             as came (channel_id, external_id)
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
