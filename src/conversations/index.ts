export { ConversationsModule } from './conversations.module.js';
export { isAged } from './aged-conversations.js';
export { ContactLoader } from './contact.loader.js';
export { ContactType } from './contact.type.js';
export { checkFieldValue } from './contacts/fields/check-field-value.js';
export { ContactFieldKind, type ContactFieldRow, readFields } from './contacts/fields/contact-field.row.js';
export { lockContacts } from './contacts/lock-contacts.js';
export { MarkContacts } from './contacts/mark-contacts.js';
export { ContactAddresses, type ProvenAddresses } from './contacts/proven-addresses.js';
export { ContactRules } from './contacts/segments/contact-rules.js';
export { UpdateContact } from './contacts/update-contact.js';
export { UpdateContactInput } from './contacts/update-contact.input.js';
export { ConversationLoader } from './conversation.loader.js';
export { ConversationThreads, HandToMembers } from './inbox/index.js';
export { type MachineReplies, type MachineTurn, MachineTurns } from './outbound/machine-turns.js';
export { SpeakAsMachine } from './outbound/speak-as-machine.js';
export { OpenThreads } from './outbound/open-threads.js';
export { SendMessage } from './outbound/send-message.js';
export { type FirstAddress, WriteFirst } from './outbound/write-first.js';
export { conversationsByIds } from './conversation.loader.js';
export { ChannelHistory } from './personal-data/channel-history.js';
export { FindSubject } from './personal-data/find-subject.js';
export { AdmitExport } from './exports/admit-export.js';
export { askedFor, isAskedFor } from './exports/send-download.js';
export { type Named, Tombstones, addressName } from './tombstones.js';
export { ContactsMerged, ContactsUnmerged } from './contacts/contacts.events.js';
export { cleanTags } from './tags.js';
export { contactQuery } from './text-query.js';
export { isTimeText, timeText } from './time-text.js';
export { ConversationType } from './conversation.type.js';
export { MessageType } from './message.type.js';
export { InboxEvent } from './live-events.type.js';
export {
  AnsweredElsewhere,
  ConversationsResolved,
  MachineMessageQueued,
  MachineMessageStopped,
  MessageQueued,
  MessagesReceived,
} from './conversations.events.js';
export { type Day, InboxReport, daysBetween } from './reports/index.js';
export { ConversationStatus, MessageAuthor, MessageDirection } from './enums.js';
export { networkOf } from './widget/widget-limits.js';
export { VisitorDoor } from './widget/visitor-door.js';
export { type FoundVisitor, VisitorSubject } from './widget/visitor-subject.js';
export type { PresentVisitor } from './widget/visitors.js';
export { conversationSecrets } from './conversation-secrets.js';
export { conversationsDataMap } from './personal-data/data-map.js';
export { conversationsMoving } from './personal-data/moving.js';
