import { Injectable } from '@nestjs/common';
import type { Address, MessageContent, OutgoingMessage } from '../../channels/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { MessageAuthor } from '../enums.js';
import type { Outlet } from './outbound-message.js';
import { outgoingParts } from './outgoing-content.js';
import { OutgoingFiles } from './outgoing-files.js';
import { OutgoingMails } from './outgoing-mails.js';

/** A message of ours as it is stored. */
export interface StoredOutgoing {
  readonly id: string;
  readonly text: string | null;
  readonly author: MessageAuthor;
  readonly content: MessageContent | null;
  readonly replyToExternalId: string | null;
  readonly hasFiles: boolean;
}

/** A stored message as adapters are given it. Participant. */
@Injectable()
export class OutgoingMessages {
  constructor(
    private readonly attachments: OutgoingFiles,
    private readonly mails: OutgoingMails,
  ) {}

  async of(
    tx: WorkspaceTransaction,
    outlet: Outlet,
    message: StoredOutgoing,
    recipient: readonly [Address, ...Address[]],
    humanAgent: boolean,
  ): Promise<OutgoingMessage> {
    return {
      id: message.id,
      recipient,
      text: message.text ?? '',
      attachments: message.hasFiles ? await this.attachments.of(tx, message.id) : [],
      replyToExternalId: message.replyToExternalId,
      humanAgent,
      automatic: message.author !== MessageAuthor.MEMBER,
      ...outgoingParts(message.content),
      ...(await this.mails.outgoing(tx, outlet, message.content?.mail, message.replyToExternalId, message.id)),
    };
  }
}
