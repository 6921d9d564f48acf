import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Channels } from '../../channels/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { type LiveEvent, LiveKinds, type StoredChange, cursorOf } from '../../platform/live/index.js';
import { contactsByIds } from '../contact.loader.js';
import { ContactType } from '../contact.type.js';
import { conversationsByIds } from '../conversation.loader.js';
import { ConversationType } from '../conversation.type.js';
import {
  ChannelChanged,
  ContactChanged,
  ConversationChanged,
  Erased,
  MessageAdded,
  MessageChanged,
  ReadPointerChanged,
  WorkspaceChanged,
} from '../live-events.type.js';
import { messagesByIds } from '../message.loader.js';
import { MessageType } from '../message.type.js';

/** Tells the live feed how to make the inbox's events out of what was stored of them. */
@Injectable()
export class InboxLiveEvents implements OnModuleInit {
  constructor(
    private readonly kinds: LiveKinds,
    private readonly channels: Channels,
  ) {}

  onModuleInit(): void {
    this.kinds.registerPerMemberField('readPointer');
    this.about(messagesByIds, 'MessageAdded', (cursor, at, row) => new MessageAdded(cursor, at, MessageType.from(row)));
    this.about(
      messagesByIds,
      'MessageChanged',
      (cursor, at, row) => new MessageChanged(cursor, at, MessageType.from(row)),
    );
    this.about(
      conversationsByIds,
      'ConversationChanged',
      (cursor, at, row) => new ConversationChanged(cursor, at, ConversationType.from(row)),
    );
    this.about(contactsByIds, 'ContactChanged', (cursor, at, row) =>
      row.mergedInto === null ? new ContactChanged(cursor, at, ContactType.from(row)) : null,
    );
    this.about(
      (tx, ids) => this.channels.byIds(tx, ids),
      'ChannelChanged',
      (cursor, at, row) => new ChannelChanged(cursor, at, this.channels.typeOf(row)),
    );
    this.told('ReadPointerChanged', (cursor, { at, ids: [conversationId, messageId], memberId }) =>
      conversationId === undefined || memberId === null
        ? null
        : new ReadPointerChanged(cursor, at, { conversationId, memberId, lastReadMessageId: messageId ?? null }),
    );
    this.told(
      'WorkspaceChanged',
      (cursor, { at, detail, ids }) => new WorkspaceChanged(cursor, at, detail ?? 'workspace', ids),
    );
    this.told(
      'Erased',
      (cursor, { at, detail, ids, conversationId }) => new Erased(cursor, at, detail ?? 'Unknown', ids, conversationId),
    );
  }

  /** A kind whose first id names a row: read for all changes at once. */
  private about<Row>(
    read: (tx: WorkspaceTransaction, ids: readonly string[]) => Promise<Map<string, Row>>,
    kind: string,
    make: (cursor: string, at: Date, row: Row) => LiveEvent | null,
  ): void {
    this.kinds.register(kind, async (tx, changes) => {
      const rows = await read(tx, [...new Set(changes.flatMap((change) => change.ids.slice(0, 1)))]);
      return collect(changes, (change) => {
        const row = rows.get(change.ids[0] ?? '');
        return row === undefined ? null : make(cursorOf(change.seq), change.at, row);
      });
    });
  }

  /** A kind that says all there is to say. */
  private told(kind: string, make: (cursor: string, change: StoredChange) => LiveEvent | null): void {
    this.kinds.register(kind, (_tx, changes) =>
      Promise.resolve(collect(changes, (change) => make(cursorOf(change.seq), change))),
    );
  }
}

function collect(
  changes: readonly StoredChange[],
  make: (change: StoredChange) => LiveEvent | null,
): Map<number, LiveEvent> {
  const events = new Map<number, LiveEvent>();
  for (const change of changes) {
    const event = make(change);
    if (event !== null) events.set(change.seq, event);
  }
  return events;
}
