import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotificationKind, Notifications } from '../../accounts/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { MessagesReceived } from '../conversations.events.js';

/** Somebody wrote for the first time: members who want to know are told. One call for all that arrived together. */
@Injectable()
export class TellNewConversations implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly notifications: Notifications,
  ) {}

  onModuleInit(): void {
    this.facts.onCall(MessagesReceived, (workspaceId, { conversations }) => {
      const begun = conversations.filter((conversation) => conversation.begun);
      const [first] = begun;
      if (first === undefined) return null;
      return this.notifications.callFor(workspaceId, {
        kind: NotificationKind.NEW_CONVERSATION,
        conversationId: begun.length === 1 ? first.conversationId : null,
        count: begun.length,
      });
    });
  }
}
