import { Field, ID, InterfaceType, ObjectType } from '@nestjs/graphql';
import { ChannelType } from '../channels/index.js';
import type { LiveEvent } from '../platform/live/index.js';
import { ContactType } from './contact.type.js';
import { ConversationType } from './conversation.type.js';
import { MessageType } from './message.type.js';

@InterfaceType('InboxEvent', {
  description:
    'cursor is strictly increasing inside a workspace. Pass the last one seen as `after` and what was missed is replayed first, in order, without gap or repeat.',
})
export abstract class InboxEvent implements LiveEvent {
  @Field(() => String, { description: 'Pass it as `after` to go on from here.' })
  cursor: string;

  @Field(() => Date, { description: 'When it happened.' })
  at: Date;

  constructor(cursor: string, at: Date) {
    this.cursor = cursor;
    this.at = at;
  }
}

@ObjectType({
  implements: () => [InboxEvent],
  description: 'A message came in, is on its way out, or a note was written.',
})
export class MessageAdded extends InboxEvent {
  @Field(() => MessageType, { description: 'The message.' })
  message: MessageType;

  constructor(cursor: string, at: Date, message: MessageType) {
    super(cursor, at);
    this.message = message;
  }
}

@ObjectType({
  implements: () => [InboxEvent],
  description: 'A message is not what it was: sent, read, edited, taken back, reacted to.',
})
export class MessageChanged extends InboxEvent {
  @Field(() => MessageType, { description: 'The message as it is now.' })
  message: MessageType;

  constructor(cursor: string, at: Date, message: MessageType) {
    super(cursor, at);
    this.message = message;
  }
}

@ObjectType({ implements: () => [InboxEvent], description: 'A conversation is new, or not what it was.' })
export class ConversationChanged extends InboxEvent {
  @Field(() => ConversationType, { description: 'The conversation as it is now.' })
  conversation: ConversationType;

  constructor(cursor: string, at: Date, conversation: ConversationType) {
    super(cursor, at);
    this.conversation = conversation;
  }
}

@ObjectType({
  implements: () => [InboxEvent],
  description: 'What was missed has been replayed; from here on it is live.',
})
export class CaughtUp extends InboxEvent {}

@ObjectType({
  implements: () => [InboxEvent],
  description: 'You have read further, perhaps on another screen. Nobody else is told.',
})
export class ReadPointerChanged extends InboxEvent {
  @Field(() => ID, { description: 'The conversation.' })
  conversationId: string;

  @Field(() => ID, { description: 'Who has read.' })
  memberId: string;

  @Field(() => ID, { nullable: true, description: 'The newest message that they have read.' })
  lastReadMessageId: string | null;

  constructor(
    cursor: string,
    at: Date,
    read: Pick<ReadPointerChanged, 'conversationId' | 'memberId' | 'lastReadMessageId'>,
  ) {
    super(cursor, at);
    this.conversationId = read.conversationId;
    this.memberId = read.memberId;
    this.lastReadMessageId = read.lastReadMessageId;
  }
}

@ObjectType({
  implements: () => [InboxEvent],
  description: 'Members, canned responses, bots, billing, policies: what and which.',
})
export class WorkspaceChanged extends InboxEvent {
  @Field(() => String, { description: 'What changed, in a word.' })
  what: string;

  @Field(() => [ID], { description: 'Which.' })
  ids: readonly string[];

  constructor(cursor: string, at: Date, what: string, ids: readonly string[]) {
    super(cursor, at);
    this.what = what;
    this.ids = ids;
  }
}

@ObjectType({ implements: () => [InboxEvent], description: 'A contact is new, or not what it was.' })
export class ContactChanged extends InboxEvent {
  @Field(() => ContactType, { description: 'The contact as it is now.' })
  contact: ContactType;

  constructor(cursor: string, at: Date, contact: ContactType) {
    super(cursor, at);
    this.contact = contact;
  }
}

@ObjectType({ implements: () => [InboxEvent], description: 'A channel was connected, disconnected, or is in trouble.' })
export class ChannelChanged extends InboxEvent {
  @Field(() => ChannelType, { description: 'The channel as it is now.' })
  channel: ChannelType;

  constructor(cursor: string, at: Date, channel: ChannelType) {
    super(cursor, at);
    this.channel = channel;
  }
}

@ObjectType({
  implements: () => [InboxEvent],
  description:
    'Something was erased: drop it from every cache. ids are of the named type. A stored event whose subject was erased becomes this, at the same cursor.',
})
export class Erased extends InboxEvent {
  @Field(() => String, { description: 'The GraphQL type of what was erased.' })
  type: string;

  @Field(() => [ID], { description: 'Which.' })
  ids: readonly string[];

  /** No field: whose conversation it was in, for streams that show one conversation alone. */
  conversationId: string | null;

  constructor(cursor: string, at: Date, type: string, ids: readonly string[], conversationId: string | null) {
    super(cursor, at);
    this.type = type;
    this.ids = ids;
    this.conversationId = conversationId;
  }
}
