import { Injectable } from '@nestjs/common';
import type { ImapFlow } from 'imapflow';
import type { OpenChannel, OutgoingMessage } from '../channel-adapter.js';
import { composeMail } from './compose-mail.js';
import { ImapClient } from './imap-client.js';
import { mailAccess } from './mail-server.js';
import { sentPath } from './mailbox-marks.js';

/**
 * Puts a copy of an answer among what was sent in the mailbox, where people who use it with another program look for it. Large
 * providers do that by themselves with all that they are handed: there it stands already, under its Message-ID.
 */
@Injectable()
export class KeepSentCopy {
  constructor(private readonly imap: ImapClient) {}

  /** Throws where trying again makes sense: what a try left behind is found by the next one. */
  async run(
    channel: OpenChannel,
    name: string,
    message: OutgoingMessage,
    sentAt: Date,
    signal: AbortSignal,
  ): Promise<void> {
    const client = await this.imap.open(mailAccess(channel.token).imap, signal);
    try {
      const path = await sentPath(client);
      // A mailbox without such a folder is not given one.
      if (path === null || (await this.isThere(client, path, name))) return;
      const { bytes } = await composeMail(channel.externalId, name, message, sentAt, 'for the sender');
      if ((await client.append(path, bytes, ['\\Seen'], sentAt)) === false)
        throw new Error('The mail server did not take the copy.');
    } finally {
      client.close();
    }
  }

  private async isThere(client: ImapFlow, path: string, name: string): Promise<boolean> {
    await client.mailboxOpen(path, { readOnly: true });
    const found = await client.search({ header: { 'message-id': name } }, { uid: true });
    // A folder that is open for reading takes no marks: they would be left out of the copy.
    await client.mailboxClose();
    // Not knowing is no reason to put a second one beside it.
    if (found === false || found === undefined) throw new Error('The mail server did not answer a search.');
    return found.length > 0;
  }
}
