import { Injectable } from '@nestjs/common';
import type { InboundAttachment, MessageEvent, RoutedItem } from '../../channels/index.js';
import { type WorkspaceTransaction, cleanJson, newId, sql, uuidAt } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import type { People } from './resolve-contacts.js';
import { Threads } from './threads.js';

/** A message of this batch on its way into the table. */
export interface NewMessage {
  readonly id: string;
  readonly item: RoutedItem;
  readonly event: MessageEvent;
  readonly at: number;
  readonly threadKey: string;
  readonly contactId: string;
  conversationId: string;
}

const second = 1_000;

/** Stores the new messages of a batch: one statement each for conversations, messages and attachments. */
@Injectable()
export class StoreMessages {
  constructor(
    private readonly threads: Threads,
    private readonly outbox: Outbox,
    private readonly secrets: Secrets,
  ) {}

  /** Stores what is not there yet; gives it with the conversations it went to. */
  async store(
    tx: WorkspaceTransaction,
    people: People,
    events: readonly { item: RoutedItem; event: MessageEvent }[],
  ): Promise<NewMessage[]> {
    const messages = events.flatMap(({ item, event }) => this.prepare(people, item, event));
    if (messages.length === 0) return [];
    const conversationIds = await this.threads.touch(tx, messages);
    for (const message of messages) {
      message.conversationId = conversationIds.get(`${message.item.channelId} ${message.threadKey}`) ?? '';
    }
    await this.insert(tx, messages);
    await this.insertAttachments(tx, messages);
    return messages;
  }

  private prepare(people: People, item: RoutedItem, event: MessageEvent): NewMessage[] {
    const person = people.find(item.channelId, event.customer);
    if (person === null) return [];
    const arrival = item.receivedAt.getTime();
    // A platform's clock may run ahead of ours; nothing was said after it arrived.
    const at = Math.min(event.at, arrival);
    // WhatsApp tells whole seconds: within one, what arrived later comes later.
    const place = at % second === 0 && arrival - at < second ? arrival : at;
    return [
      {
        id: uuidAt(place, arrival),
        item,
        event,
        at,
        threadKey: person.threadKey,
        contactId: person.contactId,
        conversationId: '',
      },
    ];
  }

  private async insert(tx: WorkspaceTransaction, messages: readonly NewMessage[]): Promise<void> {
    const inbound = (message: NewMessage) => message.event.from === 'contact';
    const content = (message: NewMessage) =>
      message.event.content === null ? null : JSON.stringify(cleanJson(message.event.content));
    await tx.execute(sql`
      insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, external_id,
                            reply_to_external_id, content, sent_at)
      select ${tx.workspaceId}, id, conversation_id, channel_id, direction, author, kind, status, text, external_id, reply_to, content::jsonb, sent_at
        from unnest(${messages.map((message) => message.id)}::uuid[], ${messages.map((message) => message.conversationId)}::uuid[],
                    ${messages.map((message) => message.item.channelId)}::uuid[],
                    ${messages.map((message) => (inbound(message) ? 'INBOUND' : 'OUTBOUND'))}::text[],
                    ${messages.map((message) => (inbound(message) ? 'CONTACT' : 'MEMBER'))}::text[],
                    ${messages.map((message) => message.event.kind)}::text[],
                    ${messages.map((message) => (inbound(message) ? 'RECEIVED' : 'SENT'))}::text[],
                    ${messages.map((message) => message.event.text)}::text[], ${messages.map((message) => message.event.externalId)}::text[],
                    ${messages.map((message) => message.event.replyToExternalId)}::text[], ${messages.map(content)}::text[],
                    ${messages.map((message) => new Date(message.at))}::timestamptz[])
             as new (id, conversation_id, channel_id, direction, author, kind, status, text, external_id, reply_to, content, sent_at)`);
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
