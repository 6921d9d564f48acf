import { registerEnumType } from '@nestjs/graphql';

export enum LeadSource {
  LEAD_AD = 'LEAD_AD',
  CONTACT_FORM = 'CONTACT_FORM',
  CHAT = 'CHAT',
  MANUAL = 'MANUAL',
  IMPORT = 'IMPORT',
}
registerEnumType(LeadSource, {
  name: 'LeadSource',
  description:
    'Where a lead came from. CHAT: found in what somebody wrote. MANUAL: a member wrote it down. IMPORT: out of a file.',
});

export enum LeadStatus {
  NEW = 'NEW',
  CONTACTED = 'CONTACTED',
  QUALIFIED = 'QUALIFIED',
  WON = 'WON',
  LOST = 'LOST',
}
registerEnumType(LeadStatus, { name: 'LeadStatus', description: 'How far a lead has come.' });

export enum LeadActivityKind {
  CAPTURED = 'CAPTURED',
  AGAIN = 'AGAIN',
  STATUS = 'STATUS',
  OWNER = 'OWNER',
  TAGS = 'TAGS',
  FIELDS = 'FIELDS',
  NOTE = 'NOTE',
  REPLY = 'REPLY',
  REMINDER = 'REMINDER',
  REMINDED = 'REMINDED',
  REMINDER_CLEARED = 'REMINDER_CLEARED',
  MERGED = 'MERGED',
  UNMERGED = 'UNMERGED',
}
registerEnumType(LeadActivityKind, {
  name: 'LeadActivityKind',
  description:
    'What happened with a lead. AGAIN: the same person sent in another. REMINDED: a member was told that their reminder is due. MERGED, UNMERGED: contacts were made one, or that was taken back, and the lead is another contact’s now.',
});

/** How a reply to a lead goes. */
export enum LeadReplyWay {
  THREAD = 'THREAD',
  MAILBOX = 'MAILBOX',
  MAIL = 'MAIL',
  NONE = 'NONE',
}
registerEnumType(LeadReplyWay, {
  name: 'LeadReplyWay',
  description:
    'How a reply to a lead goes. THREAD: in a thread that they opened. MAILBOX: by mail from the mailbox of the workspace; what they answer comes to the inbox. MAIL: by a mail of the server, to which they cannot answer, as no mailbox is connected. NONE: not by us; it is a task for a person.',
});
