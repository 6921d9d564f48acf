import type { Provider } from '@nestjs/common';
import { ContactIdentitiesLoader, ContactLoader, ContactNotesLoader } from '../contact.loader.js';
import { AddContactNote } from './add-contact-note.js';
import { ChangeContactResolver } from './change-contact.resolver.js';
import { ContactConversationsLoader } from './contact-conversations.loader.js';
import { ContactFieldsResolver } from './contact-fields.resolver.js';
import { ContactMoves } from './contact-moves.js';
import { ContactNoteResolver } from './contact-note.resolver.js';
import { ContactResolver } from './contact.resolver.js';
import { ListContacts } from './list-contacts.js';
import { MergeContacts } from './merge-contacts.js';
import { UnmergeContacts } from './unmerge-contacts.js';
import { UpdateContact } from './update-contact.js';

const loaders = [ContactConversationsLoader, ContactIdentitiesLoader, ContactLoader, ContactNotesLoader];
const work = [AddContactNote, ContactMoves, ListContacts, MergeContacts, UnmergeContacts, UpdateContact];
const resolvers = [ChangeContactResolver, ContactFieldsResolver, ContactNoteResolver, ContactResolver];

/** What the module provides for contacts. */
export const contactsProviders: Provider[] = [...loaders, ...work, ...resolvers];
