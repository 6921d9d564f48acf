import type { Provider } from '@nestjs/common';
import { ContactIdentitiesLoader, ContactLoader, ContactNotesLoader } from '../contact.loader.js';
import { ContactFieldsResolver, ContactNoteResolver } from './contact-fields.resolver.js';

const loaders = [ContactIdentitiesLoader, ContactLoader, ContactNotesLoader];
const resolvers = [ContactFieldsResolver, ContactNoteResolver];

/** What the module provides for contacts. */
export const contactsProviders: Provider[] = [...loaders, ...resolvers];
