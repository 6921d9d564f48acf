import { Injectable } from '@nestjs/common';
import type { InboundAttachment } from '../../channels/index.js';
import { type Call, type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import type { NewMessage, StoringPlan } from './plan-storing.js';

const fetchProfile = 'fetch-profile';

/** Stores a prepared batch: one call for contacts, conversations and messages, one statement for attachments. */
@Injectable()
export class StoreMessages {
  constructor(
    private readonly outbox: Outbox,
    private readonly secrets: Secrets,
  ) {}

  /** Stores a batch as part of a transaction. */
  async store(tx: WorkspaceTransaction, plan: StoringPlan): Promise<void> {
    if (plan.messages.length === 0) return;
    await tx.call(storeCall(plan, false));
    for (const contactId of plan.nameless) this.outbox.schedule(tx, fetchProfile, contactId);
    await this.insertAttachments(tx, plan.messages);
  }

  /** The same as calls, for a batch without attachments; refused by the database where it asks for more than storing. */
  callsFor(workspaceId: string, plan: StoringPlan): Call[] {
    const work = plan.nameless.map((rowId) => ({ kind: fetchProfile, rowId }));
    return [storeCall(plan, true), ...(work.length === 0 ? [] : [this.outbox.callFor(workspaceId, work)])];
  }

  private async insertAttachments(tx: WorkspaceTransaction, messages: readonly NewMessage[]): Promise<void> {
    // One after the other: they share one connection, and the first may have to make the workspace's key.
    const rows: Awaited<ReturnType<typeof this.attachmentRow>>[] = [];
    for (const message of messages) {
      for (const [position, attachment] of message.event.attachments.entries()) {
        rows.push(await this.attachmentRow(tx, message, attachment, position));
      }
    }
    if (rows.length === 0) return;
    await tx.execute(sql`
      insert into attachments (workspace_id, id, message_id, position, kind, status, name, content_type, source, url)
      select ${tx.workspaceId}, id, message_id, position, kind, status, name, content_type, source, url
        from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.messageId)}::uuid[], ${rows.map((row) => row.position)}::smallint[],
                    ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.status)}::text[], ${rows.map((row) => row.name)}::text[],
                    ${rows.map((row) => row.contentType)}::text[], ${rows.map((row) => row.source)}::bytea[], ${rows.map((row) => row.link)}::text[])
             as new (id, message_id, position, kind, status, name, content_type, source, url)`);
    for (const row of rows) if (row.source !== null) this.outbox.schedule(tx, 'fetch-attachment', row.id);
  }

  private async attachmentRow(
    tx: WorkspaceTransaction,
    message: NewMessage,
    attachment: InboundAttachment,
    position: number,
  ) {
    const id = newId();
    const { kind, name, contentType, link, source } = attachment;
    // A media address works without a key for as long as it lives, so it is kept like a secret.
    const sealed =
      source === null
        ? null
        : await this.secrets.encrypt(tx, { table: 'attachments', column: 'source', row: id }, JSON.stringify(source));
    const status = source !== null ? 'FETCHING' : link !== null ? 'REFERENCE' : 'GONE';
    return { id, messageId: message.id, position, kind, status, name, contentType, source: sealed, link };
  }
}

function storeCall(plan: StoringPlan, plain: boolean): Call {
  return { invoke: sql`store_messages(${JSON.stringify(plan.rows)}::jsonb, ${plain})` };
}
