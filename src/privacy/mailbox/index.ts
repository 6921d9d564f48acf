import type { Provider } from '@nestjs/common';
import { OpenMailedRequest } from './open-mailed-request.js';
import { ReadPrivacyMailboxWorker } from './read-privacy-mailbox.worker.js';

/** What the module provides for the mailbox that takes privacy requests. */
export const mailboxProviders: Provider[] = [OpenMailedRequest, ReadPrivacyMailboxWorker];
