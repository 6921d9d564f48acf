import type { MemberActor } from '../platform/access/index.js';

/** Customers wrote. Announced in the transaction that stored the messages. */
export class MessagesReceived {
  constructor(
    readonly conversations: readonly {
      readonly conversationId: string;
      readonly channelId: string;
      readonly lastMessageId: string;
      /** All of them, the oldest first. */
      readonly messageIds: readonly string[];
      /** Whether it began with these messages. */
      readonly begun: boolean;
    }[],
  ) {}
}

/** Somebody answered customers elsewhere: with a telephone, on the platform's own page, by another app. */
export class AnsweredElsewhere {
  constructor(readonly conversationIds: readonly string[]) {}
}

/** Members said that nobody waits in these any more. */
export class ConversationsResolved {
  constructor(readonly conversationIds: readonly string[]) {}
}

/** What a machine answered was queued to be sent. */
export class MachineMessageQueued {
  constructor(readonly conversationId: string) {}
}

/** What a machine answered does not leave: a person has the conversation now (`taken back`), or it could not be sent (`failed`). */
export class MachineMessageStopped {
  constructor(
    readonly messageId: string,
    readonly conversationId: string,
    readonly why: 'taken back' | 'failed',
  ) {}
}

/** A member's message was queued to be sent. */
export class MessageQueued {
  constructor(
    readonly message: {
      readonly id: string;
      readonly conversationId: string;
      readonly text: string;
      readonly draftId: string | null;
    },
    readonly member: MemberActor,
  ) {}
}
