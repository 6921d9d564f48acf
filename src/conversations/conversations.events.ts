import type { MemberActor } from '../platform/access/index.js';

/** Customers wrote. Announced in the transaction that stored the messages. */
export class MessagesReceived {
  constructor(
    readonly conversations: readonly {
      readonly conversationId: string;
      readonly channelId: string;
      readonly lastMessageId: string;
      /** Whether it began with these messages. */
      readonly begun: boolean;
    }[],
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
