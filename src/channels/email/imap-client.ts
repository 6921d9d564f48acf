import { Injectable } from '@nestjs/common';
import type { ImapFlow } from 'imapflow';
import { MailHosts } from './mail-hosts.js';
import { mailServerError, troubleOf } from './mail-refusal.js';
import type { MailServer } from './mail-server.js';

/** What a server says when a sign-in failed though the password may be right. */
const notNow = new Set(['UNAVAILABLE', 'LIMIT', 'INUSE', 'SERVERBUG', 'CONTACTADMIN']);

const limits = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 180_000,
  // What one answer may weigh: a mail of the largest size that is taken, with its frame.
  maxLiteralSize: 30_000_000,
  maxResponseSize: 40_000_000,
  maxLineLength: 1_000_000,
} as const;

/** Signs in at mailboxes. */
@Injectable()
export class ImapClient {
  constructor(private readonly hosts: MailHosts) {}

  /** An open, signed-in connection; throws MailServerError. The signal ends it, whatever it is doing. */
  open(server: MailServer, signal: AbortSignal): Promise<ImapFlow> {
    return this.hosts.over(server, async ({ address, servername, tlsRequired }) => {
      // Loaded with the first mailbox: most processes never open one.
      const { ImapFlow } = await import('imapflow');
      const client = new ImapFlow({
        host: address,
        port: server.port,
        secure: server.secure,
        ...(servername !== undefined && { servername }),
        ...(tlsRequired && !server.secure && { doSTARTTLS: true }),
        auth: { user: server.user, pass: server.password },
        clientInfo: { name: 'Parley' },
        disableAutoIdle: true,
        logger: false,
        ...limits,
      });
      // A connection that breaks says so with the command that is under way; without a listener it would end the process.
      client.on('error', () => undefined);
      const stop = () => client.close();
      signal.addEventListener('abort', stop, { once: true });
      client.on('close', () => signal.removeEventListener('abort', stop));
      try {
        signal.throwIfAborted();
        await client.connect();
        return client;
      } catch (error) {
        client.close();
        const { serverResponseCode } = error as { serverResponseCode?: unknown };
        const later = typeof serverResponseCode === 'string' && notNow.has(serverResponseCode);
        throw mailServerError(later ? 'unavailable' : troubleOf(error), error);
      }
    });
  }
}
