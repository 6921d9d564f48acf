import type { Provider, Type } from '@nestjs/common';
import { AdmitExport } from './admit-export.js';
import { ContactsTable } from './contacts-table.js';
import { ConversationFile } from './conversation-file.js';
import { ConversationExportsController } from './exports.controller.js';

/** What the module provides for files that data leaves in. */
export const exportProviders: Provider[] = [AdmitExport, ContactsTable, ConversationFile];
/** Their routes. */
export const exportControllers: Type[] = [ConversationExportsController];
