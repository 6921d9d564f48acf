import type { Provider } from '@nestjs/common';
import { ContactIdentitiesLoader, ContactLoader, ContactNotesLoader } from '../contact.loader.js';
import { AddContactNote } from './add-contact-note.js';
import { ChangeContactResolver } from './change-contact.resolver.js';
import { ContactConversationsLoader } from './contact-conversations.loader.js';
import { ContactFieldsResolver } from './contact-fields.resolver.js';
import { ContactIdentityResolver } from './contact-identity.resolver.js';
import { ContactMergesLoader } from './contact-merges.loader.js';
import { ContactMoves } from './contact-moves.js';
import { ContactNoteResolver } from './contact-note.resolver.js';
import { ContactResolver } from './contact.resolver.js';
import { detailProviders } from './details/index.js';
import { fieldProviders } from './fields/index.js';
import { ForgetMergesWorker } from './forget-merges.worker.js';
import { ListContactTags } from './list-contact-tags.js';
import { ListContacts } from './list-contacts.js';
import { MarkContacts } from './mark-contacts.js';
import { MergeContacts } from './merge-contacts.js';
import { ContactAddresses } from './proven-addresses.js';
import { ProvenMailLoader } from './proven-mail.loader.js';
import { segmentProviders } from './segments/index.js';
import { suggestionProviders } from './suggestions/index.js';
import { UnmergeContacts } from './unmerge-contacts.js';
import { UpdateContact } from './update-contact.js';

const loaders = [
  ContactConversationsLoader,
  ContactIdentitiesLoader,
  ContactLoader,
  ContactMergesLoader,
  ContactNotesLoader,
  ProvenMailLoader,
];
const work = [
  AddContactNote,
  ContactAddresses,
  ContactMoves,
  ForgetMergesWorker,
  ListContactTags,
  ListContacts,
  MarkContacts,
  MergeContacts,
  UnmergeContacts,
  UpdateContact,
];
const resolvers = [
  ChangeContactResolver,
  ContactFieldsResolver,
  ContactIdentityResolver,
  ContactNoteResolver,
  ContactResolver,
];

/** What the module provides for contacts. */
export const contactsProviders: Provider[] = [
  ...loaders,
  ...work,
  ...resolvers,
  ...detailProviders,
  ...fieldProviders,
  ...segmentProviders,
  ...suggestionProviders,
];
