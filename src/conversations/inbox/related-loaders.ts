import { Injectable } from '@nestjs/common';
import { MemberLoader } from '../../accounts/index.js';
import { ChannelLoader } from '../../channels/index.js';
import { RequestContext } from '../../platform/access/index.js';
import { ContactIdentitiesLoader, ContactLoader } from '../contact.loader.js';
import { ConversationLoader } from '../conversation.loader.js';
import { MessageLoader } from '../message.loader.js';
import { ReadPointerLoader } from '../read-pointer.loader.js';
import type { Relations } from './conversation-relations.js';
import type { ListedConversation } from './list-conversations.js';

/** Hands what a page of conversations brought along to the loaders that its fields ask. */
@Injectable()
export class RelatedLoaders {
  constructor(
    private readonly conversations: ConversationLoader,
    private readonly channels: ChannelLoader,
    private readonly contacts: ContactLoader,
    private readonly identities: ContactIdentitiesLoader,
    private readonly members: MemberLoader,
    private readonly messages: MessageLoader,
    private readonly readPointers: ReadPointerLoader,
  ) {}

  prime(request: RequestContext, relations: Relations, page: readonly ListedConversation[]): void {
    const identities = Map.groupBy(page[0]?.identities?.list ?? [], ({ contactId }) => contactId);
    for (const { row, channel, assignee, contact, lastMessage, readPointer } of page) {
      this.conversations.prime(request, row.id, row);
      if (channel) this.channels.prime(request, channel.id, channel);
      if (assignee) this.members.prime(request, assignee.id, assignee);
      if (contact) this.contacts.prime(request, contact.id, contact);
      if (lastMessage) this.messages.prime(request, lastMessage.id, lastMessage);
      // That a contact has no identity, or a member has read nothing yet, is an answer too.
      if (relations.has('identities'))
        this.identities.prime(request, row.contactId, identities.get(row.contactId) ?? []);
      if (relations.has('readPointer')) this.readPointers.prime(request, row.id, readPointer?.messageId ?? null);
    }
  }
}
