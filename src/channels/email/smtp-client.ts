import { Injectable } from '@nestjs/common';
import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import { MailHosts } from './mail-hosts.js';
import { mailServerError, troubleOf } from './mail-refusal.js';
import type { MailServer } from './mail-server.js';

const limits = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 30_000,
  maxResponseSize: 100_000,
} as const;
/** Answers to a sign-in that say nothing of the password: try again later. */
const notNow = new Set([421, 432, 454]);
const badPassword = new Set([530, 534, 535, 538]);

export interface SmtpEnvelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** What came of handing a mail over. `refused` and `later` are a server's own words, by its number; `unknown` is silence. */
export type Handover =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly code: number }
  | { readonly kind: 'later'; readonly code: number }
  | { readonly kind: 'unknown' };

/** Hands mails to the servers that workspaces named. */
@Injectable()
export class SmtpClient {
  constructor(private readonly hosts: MailHosts) {}

  /** Signs in and goes; throws MailServerError where that does not succeed. */
  async verify(server: MailServer, signal: AbortSignal): Promise<void> {
    (await this.open(server, signal)).quit();
  }

  /** Hands one mail over, once. Throws MailServerError where nothing was handed over yet. */
  async hand(server: MailServer, envelope: SmtpEnvelope, mail: Buffer, signal: AbortSignal): Promise<Handover> {
    const connection = await this.open(server, signal);
    return new Promise((fulfil) => {
      const stop = () => {
        fulfil({ kind: 'unknown' });
        connection.close();
      };
      signal.addEventListener('abort', stop, { once: true });
      connection.send({ from: envelope.from, to: [...envelope.to] }, mail, (error, info) => {
        signal.removeEventListener('abort', stop);
        connection.quit();
        if (error === null && (info?.accepted.length ?? 0) > 0) fulfil({ kind: 'taken' });
        else fulfil(handoverOf(error));
      });
    });
  }

  private async open(server: MailServer, signal: AbortSignal): Promise<SMTPConnection> {
    const { default: Connection } = await import('nodemailer/lib/smtp-connection');
    return this.hosts.over(
      server,
      ({ address, servername, tlsRequired }) =>
        new Promise((fulfil, reject) => {
          const connection = new Connection({
            host: address,
            port: server.port,
            secure: server.secure,
            requireTLS: tlsRequired && !server.secure,
            ...(servername !== undefined && { servername }),
            allowInternalNetworkInterfaces: true,
            logger: false,
            ...limits,
          });
          const fail = (error: unknown) => {
            signal.removeEventListener('abort', stop);
            connection.close();
            reject(asServerError(error));
          };
          const stop = () => fail(new Error('The time is over.'));
          if (signal.aborted) {
            stop();
            return;
          }
          signal.addEventListener('abort', stop, { once: true });
          // Also what comes after the sign-in: the call that is under way hears of it too, and a lone error would end the process.
          connection.on('error', fail);
          connection.connect((failed) => {
            if (failed) {
              fail(failed);
              return;
            }
            const open = (refused?: unknown) => {
              if (refused) {
                fail(refused);
                return;
              }
              signal.removeEventListener('abort', stop);
              fulfil(connection);
            };
            // A server that the operator named may take mails from whoever reaches it.
            if (!tlsRequired && (server.password === '' || !connection.allowsAuth)) open();
            else connection.login({ user: server.user, pass: server.password }, open);
          });
        }),
    );
  }
}

function handoverOf(error: unknown): Handover {
  const code = (error as { responseCode?: unknown } | null)?.responseCode;
  if (typeof code !== 'number' || code < 400) return { kind: 'unknown' };
  return code < 500 ? { kind: 'later', code } : { kind: 'refused', code };
}

function asServerError(error: unknown) {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  const answer = typeof responseCode === 'number' ? responseCode : 0;
  if (notNow.has(answer)) return mailServerError('unavailable', error);
  if (code === 'EAUTH' && (badPassword.has(answer) || answer >= 500)) return mailServerError('credentials', error);
  if (badPassword.has(answer)) return mailServerError('credentials', error);
  return mailServerError(troubleOf(error), error);
}
