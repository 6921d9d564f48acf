import { Injectable } from '@nestjs/common';
import { OutgoingError } from '../../platform/http/index.js';
import type {
  Capabilities,
  ChannelAdapter,
  ChannelDefinition,
  FetchedMedia,
  OpenChannel,
  OutgoingMessage,
  SendOutcome,
  WindowRule,
} from '../channel-adapter.js';
import { ChannelKind, MessageKind } from '../enums.js';
import type { InboundEvent, MediaSource } from '../inbound-event.js';
import type { TokenPurpose } from '../token-use.js';
import { type ComposedMail, composeMail } from './compose-mail.js';
import { emailProvider } from './email-provider.js';
import { KeepSentCopy } from './keep-sent-copy.js';
import { FetchAttachment } from './fetch-attachment.js';
import { domainOf } from './mail-address.js';
import { MailServerError } from './mail-refusal.js';
import { mailAccess } from './mail-server.js';
import { mailEvents } from './mail-events.js';
import { MessageNames } from './message-names.js';
import { type Handover, SmtpClient } from './smtp-client.js';

const expired =
  'The mail server does not take the password any more. Connect the mailbox again with the password that holds now.';

/** A mailbox of the business: read over IMAP, answered over SMTP. */
@Injectable()
export class EmailChannel implements ChannelDefinition, ChannelAdapter {
  readonly kind = ChannelKind.EMAIL;
  readonly provider = emailProvider;
  readonly threads = true;
  readonly mayWriteFirst = true;
  readonly proof = 'each message';
  readonly window: WindowRule = { hours: null, humanAgentHours: null };
  readonly hasProfiles = false;
  readonly capabilities: Capabilities = {
    maxTextLength: 100_000,
    textUnit: 'characters',
    attachmentKinds: [MessageKind.IMAGE, MessageKind.AUDIO, MessageKind.VIDEO, MessageKind.FILE],
    maxAttachmentBytes: 10_000_000,
    outgoingAttachments: {
      rules: [
        { kind: MessageKind.IMAGE, contentTypes: ['image/*'], maxBytes: 10_000_000 },
        { kind: MessageKind.AUDIO, contentTypes: ['audio/*'], maxBytes: 10_000_000 },
        { kind: MessageKind.VIDEO, contentTypes: ['video/*'], maxBytes: 10_000_000 },
        { kind: MessageKind.FILE, contentTypes: ['*'], maxBytes: 10_000_000 },
      ],
      perMessage: 10,
      maxCaption: 100_000,
    },
    reactions: false,
    replies: true,
    typing: false,
    templates: false,
    quickReplies: 0,
  };
  readonly adapter: ChannelAdapter = this;

  constructor(
    private readonly smtp: SmtpClient,
    private readonly names: MessageNames,
    private readonly attachments: FetchAttachment,
    private readonly copies: KeepSentCopy,
  ) {}

  /** Sending goes to one server, everything else to the other. */
  hostOf({ settings }: Pick<OpenChannel, 'settings'>, purpose?: TokenPurpose): string {
    const host = settings[purpose === 'SEND' ? 'smtpHost' : 'imapHost'];
    return typeof host === 'string' ? host : emailProvider;
  }

  interpret(payload: unknown, receivedAt: number): InboundEvent[] {
    return mailEvents(payload, receivedAt, this.names);
  }

  async send(channel: OpenChannel, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    const { smtp } = mailAccess(channel.token);
    const name = this.names.nameOf(channel.id, message.id, domainOf(channel.externalId));
    let mail: ComposedMail;
    try {
      mail = await composeMail(channel.externalId, name, message);
    } catch (error) {
      if (error instanceof OutgoingError)
        return { kind: 'retry', reason: 'A file could not be read. It is tried again by itself.', afterSeconds: null };
      const reason = 'The mail could not be written: the address of the customer is not one that mail goes to.';
      return { kind: 'refused', reason, tokenUnusable: false };
    }
    try {
      const handover = await this.smtp.hand(smtp, { from: channel.externalId, to: mail.to }, mail.bytes, signal);
      return outcomeOf(handover, mail.messageId);
    } catch (error) {
      if (!(error instanceof MailServerError)) throw error;
      // Until the sign-in is done nothing was handed over.
      if (error.trouble === 'credentials') return { kind: 'refused', reason: expired, tokenUnusable: true };
      if (error.trouble === 'unsafe') return { kind: 'refused', reason: error.message, tokenUnusable: false };
      const reason = 'The mail server could not be reached. It is tried again by itself.';
      return { kind: 'retry', reason, afterSeconds: null };
    }
  }

  /** Unless the workspace does not want it. */
  keepsCopies({ settings }: Pick<OpenChannel, 'settings'>): boolean {
    return settings['keepsSent'] !== false;
  }

  keepCopy(channel: OpenChannel, message: OutgoingMessage, sentAt: Date, signal: AbortSignal): Promise<void> {
    const name = this.names.nameOf(channel.id, message.id, domainOf(channel.externalId));
    return this.copies.run(channel, name, message, sentAt, signal);
  }

  fetchMedia(channel: OpenChannel, source: MediaSource, maxBytes: number, signal: AbortSignal): Promise<FetchedMedia> {
    return this.attachments.run(channel, source, maxBytes, signal);
  }

  /** A mail says who wrote it; there is nobody else to ask. */
  profile(): Promise<null> {
    return Promise.resolve(null);
  }

  /** A mailbox knows nothing of who reads it: with the password, everything that there was is gone. */
  unsubscribe(): Promise<void> {
    return Promise.resolve();
  }
}

/** What a server's answer means. Only its number is kept: its words may quote anything. */
function outcomeOf(handover: Handover, messageId: string): SendOutcome {
  switch (handover.kind) {
    case 'taken':
      return { kind: 'sent', externalId: messageId };
    case 'later': {
      const reason = `The mail server said "not now" (${String(handover.code)}). It is tried again by itself.`;
      return { kind: 'retry', reason, afterSeconds: null };
    }
    case 'refused': {
      if (handover.code === 552) {
        const reason =
          'The mail server refused the mail: it is too large, or the mailbox is full (552). Send fewer files.';
        return { kind: 'refused', reason, tokenUnusable: false };
      }
      const reason = `The mail server refused the mail (${String(handover.code)}). Look at the address, and write another way.`;
      return { kind: 'refused', reason, tokenUnusable: false };
    }
    case 'unknown':
      return {
        kind: 'unconfirmed',
        reason: 'The mail server did not confirm that it took the mail. It may have been sent.',
      };
  }
}
