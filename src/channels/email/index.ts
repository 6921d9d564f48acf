import { ConnectEmail } from './connect-email.js';
import { EmailResolver } from './email.resolver.js';
import { FetchAttachment } from './fetch-attachment.js';
import { FetchMailWorker } from './fetch-mail.worker.js';
import { ImapClient } from './imap-client.js';
import { KeepSentCopy } from './keep-sent-copy.js';
import { MailHosts } from './mail-hosts.js';
import { MailboxReader } from './mailbox-reader.js';
import { Mailboxes } from './mailboxes.js';
import { MessageNames } from './message-names.js';
import { SenderCheck } from './sender-check.js';
import { SmtpClient } from './smtp-client.js';

/** What the channels module provides for mailboxes. */
export const emailProviders = [
  ConnectEmail,
  EmailResolver,
  FetchAttachment,
  FetchMailWorker,
  ImapClient,
  KeepSentCopy,
  MailHosts,
  MailboxReader,
  Mailboxes,
  MessageNames,
  SenderCheck,
  SmtpClient,
];
