import type { Provider } from '@nestjs/common';
import { AttachmentsLoader } from '../attachments.loader.js';
import { ConversationLoader } from '../conversation.loader.js';
import { FloodingLoader } from '../flooding.js';
import { MessageLoader } from '../message.loader.js';
import { ReactionsLoader } from '../reactions.loader.js';
import { ReadPointerLoader } from '../read-pointer.loader.js';
import { RepliedMessageLoader } from '../replied-message.loader.js';
import { ActivityBoard } from './activity-board.js';
import { ActivityResolver } from './activity.resolver.js';
import { AddNote } from './add-note.js';
import { AssignConversation } from './assign-conversation.js';
import { CannedResponseResolver } from './canned-response.resolver.js';
import { CannedResponses } from './canned-responses.js';
import { composerProviders } from './composer/index.js';
import { ChangeConversationResolver } from './change-conversation.resolver.js';
import { ConversationFieldsResolver } from './conversation-fields.resolver.js';
import { ConversationMessagesResolver } from './conversation-messages.resolver.js';
import { ConversationThreads } from './conversation-thread.js';
import { ConversationResolver } from './conversation.resolver.js';
import { CountInbox } from './count-inbox.js';
import { FollowStatus } from './follow-status.js';
import { HandToMembers } from './hand-to-members.js';
import { InboxEventsResolver } from './inbox-events.resolver.js';
import { InboxLiveEvents } from './inbox-live-events.js';
import { LetGoOfMemberWorker } from './let-go-of-member.worker.js';
import { ListConversations } from './list-conversations.js';
import { MarkRead } from './mark-read.js';
import { MarkSpam } from './mark-spam.js';
import { MessagePartsResolver } from './message-parts.resolver.js';
import { MessageResolver } from './message.resolver.js';
import { NoteResolver } from './note.resolver.js';
import { RelatedLoaders } from './related-loaders.js';
import { SearchMessages } from './search-messages.js';
import { SetActivity } from './set-activity.js';
import { SetConversationStatus } from './set-conversation-status.js';
import { SetPriority } from './set-priority.js';
import { TellHandoff } from './tell-handoff.js';
import { TagConversation } from './tag-conversation.js';
import { ThreadLoader } from './thread.loader.js';
import { UpdateConversation } from './update-conversation.js';
import { UpdateConversationsResolver } from './update-conversations.resolver.js';
import { UpdateConversations } from './update-conversations.js';
import { viewProviders } from './views/index.js';
import { WakeConversationWorker } from './wake-conversation.worker.js';
import { WatchActivity } from './watch-activity.js';
import { WatchInbox } from './watch-inbox.js';
export { HandToMembers } from './hand-to-members.js';
export { ConversationThreads } from './conversation-thread.js';
export type { ConversationThread } from './conversation-thread.js';

const loaders = [
  AttachmentsLoader,
  ConversationLoader,
  FloodingLoader,
  MessageLoader,
  ReactionsLoader,
  ReadPointerLoader,
  RelatedLoaders,
  RepliedMessageLoader,
  ThreadLoader,
];
const reading = [ConversationThreads, HandToMembers, TellHandoff, CountInbox, ListConversations, SearchMessages];
const changing = [
  AddNote,
  AssignConversation,
  CannedResponses,
  FollowStatus,
  LetGoOfMemberWorker,
  MarkRead,
  MarkSpam,
  SetConversationStatus,
  SetPriority,
  TagConversation,
  UpdateConversation,
  UpdateConversations,
  WakeConversationWorker,
];
const live = [ActivityBoard, InboxLiveEvents, SetActivity, WatchActivity, WatchInbox];
const resolvers = [
  ActivityResolver,
  CannedResponseResolver,
  ChangeConversationResolver,
  ConversationFieldsResolver,
  ConversationMessagesResolver,
  ConversationResolver,
  InboxEventsResolver,
  MessagePartsResolver,
  MessageResolver,
  NoteResolver,
  UpdateConversationsResolver,
];

/** What the module provides for the inbox. */
export const inboxProviders: Provider[] = [
  ...loaders,
  ...reading,
  ...changing,
  ...live,
  ...resolvers,
  ...composerProviders,
  ...viewProviders,
];
