import { registerEnumType } from '@nestjs/graphql';

export enum ConversationStatus {
  OPEN = 'OPEN',
  PENDING = 'PENDING',
  SNOOZED = 'SNOOZED',
  RESOLVED = 'RESOLVED',
}
registerEnumType(ConversationStatus, {
  name: 'ConversationStatus',
  description: 'Where a conversation stands. A customer who writes again opens it.',
});

/** In the order of the stored numbers 0 to 4. */
export enum Priority {
  NONE = 'NONE',
  LOW = 'LOW',
  MEDIUM = 'MEDIUM',
  HIGH = 'HIGH',
  URGENT = 'URGENT',
}
registerEnumType(Priority, { name: 'Priority', description: 'How pressing a conversation is.' });
export const priorities = Object.values(Priority);

export enum MessageDirection {
  INBOUND = 'INBOUND',
  OUTBOUND = 'OUTBOUND',
  NOTE = 'NOTE',
}
registerEnumType(MessageDirection, {
  name: 'MessageDirection',
  description: 'NOTE: seen by members alone, never sent.',
});

export enum MessageAuthor {
  CONTACT = 'CONTACT',
  MEMBER = 'MEMBER',
  BOT = 'BOT',
  SYSTEM = 'SYSTEM',
}
registerEnumType(MessageAuthor, { name: 'MessageAuthor', description: 'Who wrote or did it.' });

export enum MessageStatus {
  RECEIVED = 'RECEIVED',
  QUEUED = 'QUEUED',
  SENDING = 'SENDING',
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  READ = 'READ',
  FAILED = 'FAILED',
  UNCONFIRMED = 'UNCONFIRMED',
  HELD = 'HELD',
  CANCELED = 'CANCELED',
}
registerEnumType(MessageStatus, {
  name: 'MessageStatus',
  description:
    'UNCONFIRMED: it may have arrived, and no machine sends it again. HELD: it waits for its channel to be connected again.',
});

export enum AttachmentStatus {
  FETCHING = 'FETCHING',
  READY = 'READY',
  REFERENCE = 'REFERENCE',
  REFUSED = 'REFUSED',
  GONE = 'GONE',
}
registerEnumType(AttachmentStatus, {
  name: 'AttachmentStatus',
  description:
    'REFERENCE: a link to somewhere else. REFUSED: too large or of a kind that is not kept. GONE: the platform no longer has it.',
});

export enum MessageRating {
  UP = 'UP',
  DOWN = 'DOWN',
}
registerEnumType(MessageRating, {
  name: 'MessageRating',
  description: 'Whether an answer was of help, in the words of who asked.',
});
