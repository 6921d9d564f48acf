import type { IdKind } from '../isolation/argument-classes.js';
import type { TestClient } from '../support/client.js';

/** Where a member reads what was written. */
const readers = {
  bots: '{ bots { name instructions disclosure handoffKeywords topics model } }',
  cannedResponses: '{ cannedResponses { shortcut text } }',
  contact:
    'query ($contact: ID!) { contact(id: $contact) { name language emails phones tags customFields notes { text } } }',
  composerDraft: 'query ($conversation: ID!) { composerDraft(conversationId: $conversation) { text } }',
  contactFields: '{ contactFields { name choices } }',
  contactSegments: '{ contactSegments { name } }',
  conversation:
    'query ($conversation: ID!) { conversation(id: $conversation) { tags messages(first: 20) { nodes { text } } } }',
  channel: 'query ($channel: ID!) { channel(id: $channel) { name } }',
  chats: '{ channels { name webChat { greeting } } }',
  evaluations: '{ evaluations(first: 100) { nodes { instructions } } }',
  evaluationSets:
    '{ evaluationSets { name cases { question expected } } evaluations(first: 100) { nodes { results { question expected } } } }',
  forms: '{ contactForms { name } }',
  holds: '{ legalHolds { reason } }',
  lead: 'query ($lead: ID!) { lead(id: $lead) { tags fields activity(first: 100) { nodes { text } } reminders { text } } }',
  leads: '{ leads(first: 100) { nodes { name company tags fields activity(first: 5) { nodes { text } } } } }',
  knowledge:
    'query ($after: String) { knowledge(first: 100, after: $after) { nodes { title } pageInfo { endCursor } } }',
  ownRequests: '{ ownPrivacyRequests { note } }',
  profile: '{ viewer { name } }',
  requests: '{ privacyRequests(first: 100) { nodes { note } } }',
  settings: '{ aiSettings { model embeddingModel } }',
  views: '{ savedViews { name filter { search tag } } }',
  tokens: '{ apiTokens { name } }',
  workspace: '{ workspace { businessHours { awayMessage } controller { legalName address } } }',
  workspaces: '{ viewer { memberships { workspace { name } } } }',
} as const;

/** Words that are stored and shown again: by which reader, and what of spaces and line breaks is kept: all of them, all but those around the text, lines however they were ended, or one space between words. */
const shown: Readonly<
  Record<string, readonly [reader: keyof typeof readers, keeps: 'everything' | 'all' | 'lines' | 'words']>
> = {
  'AiSettingsInput.embeddingModel': ['settings', 'all'],
  'AiSettingsInput.model': ['settings', 'all'],
  'BotInput.disclosure': ['bots', 'all'],
  'BotInput.handoffKeywords': ['bots', 'words'],
  'BotInput.instructions': ['bots', 'all'],
  'BotInput.model': ['bots', 'words'],
  'BotInput.name': ['bots', 'words'],
  'BotInput.topics': ['bots', 'words'],
  'BusinessHoursInput.awayMessage': ['workspace', 'lines'],
  'ControllerDetailsInput.address': ['workspace', 'lines'],
  'ControllerDetailsInput.legalName': ['workspace', 'words'],
  'CreateLeadInput.company': ['leads', 'words'],
  'CreateLeadInput.fields': ['leads', 'all'],
  'CreateLeadInput.name': ['leads', 'words'],
  'CreateLeadInput.note': ['leads', 'all'],
  'CreateLeadInput.tags': ['leads', 'words'],
  'CreateWebChatInput.greeting': ['chats', 'lines'],
  'CreateWebChatInput.name': ['chats', 'words'],
  'EvaluationCase.expected': ['evaluationSets', 'all'],
  'EvaluationCase.question': ['evaluationSets', 'all'],
  'KnowledgeInput.title': ['knowledge', 'words'],
  'Mutation.addContactNote(text:)': ['contact', 'all'],
  'Mutation.addLeadNote(text:)': ['lead', 'all'],
  'Mutation.addNote(text:)': ['conversation', 'all'],
  'Mutation.sendLeadReply(text:)': ['conversation', 'all'],
  'Mutation.answerQuestion(question:)': ['knowledge', 'words'],
  'Mutation.createApiToken(name:)': ['tokens', 'words'],
  'Mutation.createContactForm(name:)': ['forms', 'words'],
  'Mutation.createWorkspace(name:)': ['workspaces', 'words'],
  'Mutation.evaluateBot(instructions:)': ['evaluations', 'all'],
  'Mutation.openOwnPrivacyRequest(note:)': ['ownRequests', 'all'],
  'Mutation.placeLegalHold(reason:)': ['holds', 'all'],
  'Mutation.saveCannedResponse(shortcut:)': ['cannedResponses', 'all'],
  'Mutation.saveCannedResponse(text:)': ['cannedResponses', 'all'],
  'Mutation.saveComposerDraft(text:)': ['composerDraft', 'everything'],
  'Mutation.saveContactField(choices:)': ['contactFields', 'words'],
  'Mutation.saveContactField(name:)': ['contactFields', 'words'],
  'Mutation.saveContactSegment(name:)': ['contactSegments', 'words'],
  'Mutation.saveEvaluationSet(name:)': ['evaluationSets', 'words'],
  'Mutation.saveView(name:)': ['views', 'words'],
  'Mutation.setLeadReminder(text:)': ['lead', 'all'],
  'Mutation.tagConversation(tags:)': ['conversation', 'words'],
  'Mutation.updateChannel(name:)': ['channel', 'all'],
  'Mutation.updateConversations(addTags:)': ['conversation', 'words'],
  'Mutation.updateKnowledge(title:)': ['knowledge', 'words'],
  'Mutation.updateProfile(name:)': ['profile', 'words'],
  'OpenPrivacyRequestInput.note': ['requests', 'all'],
  'SendMessageInput.text': ['conversation', 'all'],
  'UpdateContactInput.customFields': ['contact', 'everything'],
  'UpdateContactInput.name': ['contact', 'words'],
  'UpdateContactInput.tags': ['contact', 'words'],
  'UpdateLeadInput.fields': ['lead', 'everything'],
  'UpdateLeadInput.tags': ['lead', 'words'],
  'UpdateWorkspaceInput.name': ['workspaces', 'words'],
};

/** Words that nobody reads as they were written, and why. */
const notShown: Readonly<Record<string, string>> = {
  'AiSettingsInput.baseUrl': 'an address, of which the origin counts',
  'BusinessHoursInput.holidays': 'a day',
  'ConnectEmailInput.address': 'an address, in one spelling',
  'ContactFilter.withoutTags': 'looked for alone',
  'ControllerDetailsInput.noticeUrl': 'an address, in one spelling',
  'ControllerDetailsInput.privacyEmail': 'an address, in one spelling',
  'ControllerDetailsInput.website': 'an address, in one spelling',
  'CreateLeadInput.email': 'an address, in one spelling',
  'CreateLeadInput.phone': 'a number, in one spelling',
  'CreateWebChatInput.accentColor': 'a colour',
  'CreateWebChatInput.allowedDomains': 'a domain, in one spelling',
  'FaqInput.answer': 'cut into passages',
  'Mutation.startCheckout(addOns:)': 'the name of what is sold',
  'Mutation.startCheckout(plan:)': 'the name of what is sold',
  'Query.planChange(addOns:)': 'the name of what is sold',
  'Query.planChange(plan:)': 'the name of what is sold',
  'FaqInput.question': 'cut into passages',
  'KnowledgeInput.text': 'cut into passages',
  'KnowledgeInput.url': 'an address, kept as it is written the one way',
  'Mutation.acceptInvitation(name:)': 'for whoever has the mail with the link',
  'Mutation.answerQuestion(answer:)': 'cut into passages',
  'Mutation.createContactForm(allowedDomains:)': 'a domain, kept as it is written the one way',
  'Mutation.startShopifyInstall(domain:)': 'the name of a store, which is one or is refused',
  'Mutation.createWebhookEndpoint(events:)': 'names of events, which there are or are not',
  'Mutation.createWebhookEndpoint(url:)': 'an address, kept as it is written the one way',
  'Mutation.askControllerToErase(message:)': 'for those who run the deployment',
  'Mutation.askForInstanceProof(message:)': 'for those who run the deployment',
  'Mutation.askForProof(message:)': 'goes by mail, to whoever asked',
  'Mutation.changeInstancePrivacyRequestKind(reason:)': 'for those who run the deployment',
  'Mutation.changePrivacyRequestKind(reason:)': 'once for a request, and the one at hand is the same for all',
  'Mutation.deleteWorkspace(confirmName:)': 'compared alone',
  'Mutation.draftLeadReply(instruction:)': 'for the model alone',
  'Mutation.draftReply(instruction:)': 'for the model alone',
  'Mutation.eraseDirectly(legalBasis:)': 'for those who run the deployment',
  'Mutation.extendInstancePrivacyRequest(reason:)': 'for those who run the deployment',
  'Mutation.extendPrivacyRequest(reason:)': 'once for a request, and the one at hand is the same for all',
  'Mutation.importLeads(mapping:)': 'names of columns of a file, which there are or are not',
  'Mutation.inviteMember(email:)': 'an address, in one spelling',
  'Mutation.openOwnPrivacyRequest(rectification:)': 'what shall be put right, which is seen once it is',
  'Mutation.previewReply(text:)': 'for the model alone',
  'Mutation.reactToMessage(emoji:)': 'goes to the platform',
  'Mutation.rectifyPrivacyRequest(rectification:)': 'what shall be put right, which is seen once it is',
  'Mutation.rejectPrivacyRequest(reason:)': 'once for a request, and the one at hand is the same for all',
  'Mutation.requestPasswordReset(email:)': 'an address, compared alone',
  'Mutation.settleInstancePrivacyRequest(answer:)': 'for those who run the deployment',
  'Mutation.setChatDetailRule(country:)': 'a code of two letters',
  'Mutation.updateConversations(removeTags:)': 'compared alone',
  'Mutation.updateKnowledge(text:)': 'cut into passages',
  'Mutation.verifyPrivacyRequest(evidence:)': 'once for a request, and the one at hand is the same for all',
  'NotificationPreferencesInput.quietFrom': 'an hour',
  'NotificationPreferencesInput.quietUntil': 'an hour',
  'OpenPrivacyRequestInput.rectification': 'what shall be put right, which is seen once it is',
  'OpeningHoursInput.closes': 'an hour',
  'OpeningHoursInput.opens': 'an hour',
  'PrivacySubjectInput.businessName': 'what a person is found by; shown as one line with the rest',
  'PrivacySubjectInput.email': 'what a person is found by; shown as one line with the rest',
  'PrivacySubjectInput.externalId': 'what a person is found by; shown as one line with the rest',
  'PrivacySubjectInput.handle': 'what a person is found by; shown as one line with the rest',
  'PrivacySubjectInput.phone': 'what a person is found by; shown as one line with the rest',
  'PrivacySubjectInput.website': 'what a person is found by; shown as one line with the rest',
  'SendMessageInput.bcc': 'mail alone has it',
  'SendMessageInput.cc': 'mail alone has it',
  'Mutation.sendLeadReply(idempotencyKey:)': 'for the client alone',
  'SendMessageInput.idempotencyKey': 'for the client alone',
  'SendMessageInput.quickReplies': 'goes to the platform',
  'SendMessageInput.subject': 'mail alone has it',
  'SignUpInput.email': "somebody else's",
  'SignUpInput.name': "somebody else's",
  'SignUpInput.workspaceName': "somebody else's",
  'TemplateInput.language': 'goes to the platform',
  'TemplateInput.name': 'goes to the platform',
  'TemplateInput.variables': 'goes to the platform',
  'UpdateContactInput.emails': 'an address, in one spelling',
  'UpdateContactInput.language': 'a code of two or three letters',
  'UpdateContactInput.phones': 'a number, in one spelling',
  'UpdateWebChatInput.accentColor': 'a colour',
  'UpdateWebChatInput.allowedDomains': 'a domain, in one spelling',
  'UpdateWebChatInput.greeting': 'of a chat; the channel at hand is none',
  'UpdateWebChatInput.logo': 'a picture, drawn anew',
  'UpdateWebChatInput.name': 'of a chat that is made anew each time',
  'UpdateWorkspaceInput.locale': 'a code of a language',
  'UpdateWorkspaceInput.timezone': 'a name of a zone',
};

/** Whether words in this place are shown again; throws for a place of which nobody has said. */
export function isShown(coordinate: string): boolean {
  if (shown[coordinate] !== undefined) return true;
  if (notShown[coordinate] !== undefined) return false;
  throw new Error(`Whether ${coordinate} is shown again is not known: teach it to read-back.ts.`);
}

/** Of all that the business knows, which may be more than a page. */
async function titles(client: TestClient): Promise<string[]> {
  const all: string[] = [];
  let after: string | null = null;
  do {
    const { knowledge }: { knowledge: { nodes: { title: string }[]; pageInfo: { endCursor: string | null } } } =
      await client.ask(readers.knowledge, { after });
    all.push(...knowledge.nodes.map(({ title }) => title));
    after = knowledge.nodes.length === 100 ? knowledge.pageInfo.endCursor : null;
  } while (after !== null);
  return all;
}

/** Reads what was written in this place; says what is wrong with it, or null. */
export async function readBack(
  client: TestClient,
  ids: Readonly<Record<IdKind, string>>,
  coordinate: string,
  text: string,
): Promise<string | null> {
  const [reader, keeps] = shown[coordinate] ?? (['bots', 'all'] as const);
  const read = reader === 'knowledge' ? await titles(client) : stringsIn(await client.ask(readers[reader], { ...ids }));
  const malformed = read.find((one) => !one.isWellFormed() || one.includes('\u0000'));
  if (malformed !== undefined) return `is malformed as it is read: ${JSON.stringify(malformed.slice(0, 100))}`;
  const clean = text.replaceAll('\u0000', '').toWellFormed();
  const expected = {
    everything: clean,
    all: clean.trim(),
    lines: clean.replaceAll('\r\n', '\n').trim(),
    words: clean.replace(/\s+/gu, ' ').trim(),
  }[keeps];
  if (read.includes(expected)) return null;
  const word = /^w\d+/.exec(text)?.[0] ?? '';
  const instead = read.find((one) => one.startsWith(word));
  return `is read as ${JSON.stringify(instead?.slice(0, 100) ?? null)}`;
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
