import type { Provider } from '@nestjs/common';
import { AttachmentsLoader } from '../attachments.loader.js';
import { ConversationLoader } from '../conversation.loader.js';
import { MessageLoader } from '../message.loader.js';
import { ReactionsLoader } from '../reactions.loader.js';
import { ReadPointerLoader } from '../read-pointer.loader.js';
import { RepliedMessageLoader } from '../replied-message.loader.js';
import { ConversationFieldsResolver } from './conversation-fields.resolver.js';
import { ConversationMessagesResolver } from './conversation-messages.resolver.js';
import { ConversationThreads } from './conversation-thread.js';
import { ConversationResolver } from './conversation.resolver.js';
import { CountInbox } from './count-inbox.js';
import { InboxEventsResolver } from './inbox-events.resolver.js';
import { InboxLiveEvents } from './inbox-live-events.js';
import { ListConversations } from './list-conversations.js';
import { MessagePartsResolver } from './message-parts.resolver.js';
import { MessageResolver } from './message.resolver.js';
import { SearchMessages } from './search-messages.js';
import { ThreadLoader } from './thread.loader.js';
import { WatchInbox } from './watch-inbox.js';

const loaders = [
  AttachmentsLoader,
  ConversationLoader,
  MessageLoader,
  ReactionsLoader,
  ReadPointerLoader,
  RepliedMessageLoader,
  ThreadLoader,
];
const reading = [ConversationThreads, CountInbox, ListConversations, SearchMessages];
const live = [InboxLiveEvents, WatchInbox];
const resolvers = [
  ConversationFieldsResolver,
  ConversationMessagesResolver,
  ConversationResolver,
  InboxEventsResolver,
  MessagePartsResolver,
  MessageResolver,
];

export { ConversationThreads } from './conversation-thread.js';
export type { ConversationThread } from './conversation-thread.js';

/** What the module provides for the inbox. */
export const inboxProviders: Provider[] = [...loaders, ...reading, ...live, ...resolvers];
