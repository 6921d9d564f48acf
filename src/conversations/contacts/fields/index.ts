import type { Provider } from '@nestjs/common';
import { FieldUseLoader } from './contact-field.loader.js';
import { ContactFieldResolver } from './contact-field.resolver.js';
import { KeepFields } from './keep-fields.js';
import { RemoveFieldWorker } from './remove-field.worker.js';

/** What contacts provide for the fields that a workspace keeps of them. */
export const fieldProviders: Provider[] = [ContactFieldResolver, FieldUseLoader, KeepFields, RemoveFieldWorker];
