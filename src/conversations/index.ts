export { ConversationsModule } from './conversations.module.js';
export { ConversationThreads } from './inbox/index.js';
export { conversationsByIds } from './conversation.loader.js';
export { ConversationType } from './conversation.type.js';
export { MessageType } from './message.type.js';
export { InboxEvent } from './live-events.type.js';
export { MessageQueued, MessagesReceived } from './conversations.events.js';
export { InboxReport } from './reports/index.js';
export { MessageAuthor, MessageDirection } from './enums.js';
