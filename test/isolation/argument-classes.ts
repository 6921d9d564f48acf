/** What an argument of type ID names; `file` has no operation that makes one yet. */
export type IdKind =
  | 'apiToken'
  | 'bot'
  | 'cannedResponse'
  | 'channel'
  | 'contact'
  | 'conversation'
  | 'draft'
  | 'file'
  | 'knowledge'
  | 'member'
  | 'message'
  | 'outbound'
  | 'session';

/**
 * What a text means: `cursor` a place in a list, `account` an account at a platform, `secret` what only its owner knows,
 * `search` what is looked for, `label` a word that rows are found by, `words` what is stored and shown again.
 */
type TextClass = 'cursor' | 'account' | 'secret' | 'search' | 'label' | 'words';

/** What stands in one argument or input field. */
export type ArgumentClass = `id of ${IdKind}` | TextClass;

/**
 * Every argument and input field that takes an id, a text or JSON, with what it means. The suite fails while one is not
 * named here, so whoever adds one says what another workspace's value in it would be.
 */
export const argumentClasses: Readonly<Record<string, ArgumentClass>> = {
  'AiSettingsInput.apiKey': 'secret',
  'AiSettingsInput.baseUrl': 'words',
  'AiSettingsInput.embeddingModel': 'words',
  'AiSettingsInput.model': 'words',
  'BotInput.channelIds': 'id of channel',
  'BotInput.disclosure': 'words',
  'BotInput.handoffKeywords': 'words',
  'BotInput.instructions': 'words',
  'BotInput.knowledgeIds': 'id of knowledge',
  'BotInput.model': 'words',
  'BotInput.name': 'words',
  'BotInput.topics': 'words',
  'ConnectInstagramInput.accessToken': 'secret',
  'ConnectInstagramInput.accountId': 'account',
  'ConnectInstagramInput.pageId': 'account',
  'ConnectMessengerInput.pageAccessToken': 'secret',
  'ConnectMessengerInput.pageId': 'account',
  'ConnectWhatsAppInput.accessToken': 'secret',
  'ConnectWhatsAppInput.phoneNumberId': 'account',
  'ConnectWhatsAppInput.wabaId': 'account',
  'Contact.conversations(after:)': 'cursor',
  'Conversation.messages(after:)': 'cursor',
  'Conversation.messages(around:)': 'id of message',
  'ConversationFilter.assigneeId': 'id of member',
  'ConversationFilter.channelIds': 'id of channel',
  'ConversationFilter.search': 'search',
  'ConversationFilter.tag': 'label',
  'FaqInput.answer': 'words',
  'FaqInput.question': 'words',
  'KnowledgeInput.fileId': 'id of file',
  'KnowledgeInput.text': 'words',
  'KnowledgeInput.title': 'words',
  'KnowledgeInput.url': 'words',
  'Mutation.addContactNote(contactId:)': 'id of contact',
  'Mutation.addContactNote(text:)': 'words',
  'Mutation.addNote(conversationId:)': 'id of conversation',
  'Mutation.addNote(mentions:)': 'id of member',
  'Mutation.addNote(text:)': 'words',
  'Mutation.assignConversation(id:)': 'id of conversation',
  'Mutation.assignConversation(memberId:)': 'id of member',
  'Mutation.cancelMessage(id:)': 'id of outbound',
  'Mutation.createApiToken(name:)': 'words',
  'Mutation.createWorkspace(name:)': 'words',
  'Mutation.deleteBot(id:)': 'id of bot',
  'Mutation.deleteCannedResponse(id:)': 'id of cannedResponse',
  'Mutation.deleteKnowledge(id:)': 'id of knowledge',
  'Mutation.deleteWorkspace(confirmName:)': 'words',
  'Mutation.discardDraft(id:)': 'id of draft',
  'Mutation.disconnectChannel(id:)': 'id of channel',
  'Mutation.draftReply(conversationId:)': 'id of conversation',
  'Mutation.draftReply(instruction:)': 'words',
  'Mutation.markRead(conversationId:)': 'id of conversation',
  'Mutation.mergeContacts(keepId:)': 'id of contact',
  'Mutation.mergeContacts(mergeIds:)': 'id of contact',
  'Mutation.pauseAi(conversationId:)': 'id of conversation',
  'Mutation.reauthenticate(password:)': 'secret',
  'Mutation.reauthenticate(totp:)': 'secret',
  'Mutation.resumeAi(conversationId:)': 'id of conversation',
  'Mutation.retryMessage(id:)': 'id of outbound',
  'Mutation.revokeApiToken(id:)': 'id of apiToken',
  'Mutation.revokeSession(id:)': 'id of session',
  'Mutation.saveCannedResponse(id:)': 'id of cannedResponse',
  'Mutation.saveCannedResponse(shortcut:)': 'words',
  'Mutation.saveCannedResponse(text:)': 'words',
  'Mutation.setActivity(conversationId:)': 'id of conversation',
  'Mutation.setConversationStatus(id:)': 'id of conversation',
  'Mutation.setPriority(id:)': 'id of conversation',
  'Mutation.tagConversation(id:)': 'id of conversation',
  'Mutation.tagConversation(tags:)': 'words',
  'Mutation.unmergeContacts(keepId:)': 'id of contact',
  'Mutation.updateBot(id:)': 'id of bot',
  'Mutation.updateChannel(id:)': 'id of channel',
  'Mutation.updateChannel(name:)': 'words',
  'Mutation.updateKnowledge(id:)': 'id of knowledge',
  'Mutation.updateKnowledge(text:)': 'words',
  'Mutation.updateKnowledge(title:)': 'words',
  'Query.aiRuns(after:)': 'cursor',
  'Query.aiRuns(contactId:)': 'id of contact',
  'Query.aiRuns(conversationId:)': 'id of conversation',
  'Query.bot(id:)': 'id of bot',
  'Query.channel(id:)': 'id of channel',
  'Query.contact(id:)': 'id of contact',
  'Query.contacts(after:)': 'cursor',
  'Query.contacts(search:)': 'search',
  'Query.contacts(tag:)': 'label',
  'Query.conversation(id:)': 'id of conversation',
  'Query.conversations(after:)': 'cursor',
  'Query.knowledge(after:)': 'cursor',
  'Query.searchMessages(after:)': 'cursor',
  'Query.searchMessages(query:)': 'search',
  'Query.tokenUses(after:)': 'cursor',
  'Query.tokenUses(channelId:)': 'id of channel',
  'SendMessageInput.attachmentIds': 'id of file',
  'SendMessageInput.bcc': 'words',
  'SendMessageInput.cc': 'words',
  'SendMessageInput.conversationId': 'id of conversation',
  'SendMessageInput.draftId': 'id of draft',
  'SendMessageInput.idempotencyKey': 'words',
  'SendMessageInput.quickReplies': 'words',
  'SendMessageInput.replyToId': 'id of message',
  'SendMessageInput.subject': 'words',
  'SendMessageInput.text': 'words',
  'SignInInput.email': 'label',
  'SignInInput.password': 'secret',
  'SignInInput.totp': 'secret',
  'SignUpInput.email': 'words',
  'SignUpInput.name': 'words',
  'SignUpInput.password': 'secret',
  'SignUpInput.workspaceName': 'words',
  'Subscription.activity(conversationId:)': 'id of conversation',
  'Subscription.inboxEvents(after:)': 'cursor',
  'Subscription.inboxEvents(conversationId:)': 'id of conversation',
  'TemplateInput.language': 'words',
  'TemplateInput.name': 'words',
  'TemplateInput.variables': 'words',
  'UpdateContactInput.customFields': 'words',
  'UpdateContactInput.emails': 'words',
  'UpdateContactInput.id': 'id of contact',
  'UpdateContactInput.language': 'words',
  'UpdateContactInput.name': 'words',
  'UpdateContactInput.phones': 'words',
  'UpdateContactInput.tags': 'words',
};
