import type { ConversationRowFragment } from '../api/documents.js';

export type {
  ConversationRowFragment,
  DraftPartsFragment,
  MessageKind,
  MessagePartsFragment,
  MessagePreviewFragment,
  SourcePartsFragment,
} from '../api/documents.js';
export type ContactIdentity = ConversationRowFragment['contact']['identities'][number];
