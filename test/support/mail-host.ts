import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { ImapServer } from './imap-server.js';

/** A mail that was handed over. */
export interface HandedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  /** Its headers, unfolded, by their names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What a server does with the next mail: refuse its receiver, refuse it at the end, take it and say nothing, or break. */
export type SmtpFault = { readonly at: 'receiver' | 'end'; readonly answer: number } | 'silence' | 'cut';

/** Both servers of a mailbox: what is handed over can be looked at, and goes nowhere. */
export class MailHost {
  readonly handed: HandedMail[] = [];
  readonly faults: SmtpFault[] = [];
  /** Set, the server lets nobody in, with this number. */
  refusesWith: number | null = null;
  /** Whether what was sent is kept among what was sent, as large providers do by themselves. */
  keepsSent = false;

  private constructor(
    readonly imap: ImapServer,
    private readonly smtp: SMTPServer,
    /** Where mails are handed over. */
    readonly smtpPort: number,
  ) {}

  /** `signIn` false: mails are taken from whoever comes, as by a relay inside the walls. */
  static async start({ signIn = true }: { readonly signIn?: boolean } = {}): Promise<MailHost> {
    const imap = await ImapServer.start();
    const holder: { host?: MailHost } = {};
    const host = () => {
      if (holder.host === undefined) throw new Error('The mail host has not started.');
      return holder.host;
    };
    const smtp = new SMTPServer({
      disabledCommands: signIn ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
      authMethods: ['PLAIN', 'LOGIN'],
      allowInsecureAuth: true,
      closeTimeout: 100,
      onAuth({ username, password }, _session, done) {
        const { refusesWith } = host();
        if (refusesWith === null && username === 'shop' && password === imap.password) done(null, { user: username });
        else done(Object.assign(new Error('PROVIDER TEXT'), { responseCode: refusesWith ?? 535 }));
      },
      onRcptTo(_address, _session, done) {
        const [fault] = host().faults;
        if (typeof fault !== 'object' || fault.at !== 'receiver') {
          done();
          return;
        }
        host().faults.shift();
        done(Object.assign(new Error('PROVIDER TEXT'), { responseCode: fault.answer }));
      },
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const fault = host().faults.shift();
          if (typeof fault === 'object') {
            done(Object.assign(new Error('PROVIDER TEXT'), { responseCode: fault.answer }));
            return;
          }
          const { mailFrom, rcptTo } = session.envelope;
          const raw = Buffer.concat(chunks);
          const from = mailFrom === false ? '' : mailFrom.address;
          host().handed.push(
            handed(
              from,
              rcptTo.map(({ address }) => address),
              raw.toString(),
            ),
          );
          if (host().keepsSent) imap.deliver(raw, 'Sent Items');
          if (fault === undefined) done();
          else if (fault === 'cut') for (const connection of connectionsOf(smtp)) connection._socket.destroy();
        });
      },
    });
    smtp.on('error', () => undefined);
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    holder.host = new MailHost(imap, smtp, (smtp.server.address() as AddressInfo).port);
    return holder.host;
  }

  /** Says that these servers may be reached though they are on loopback and have no TLS. */
  get environment(): Record<string, string> {
    return { MAIL_ALLOWED_HOSTS: `127.0.0.1:${String(this.imap.port)},127.0.0.1:${String(this.smtpPort)}` };
  }

  smtpUrl(password = this.imap.password): string {
    return `smtp://shop:${encodeURIComponent(password)}@127.0.0.1:${String(this.smtpPort)}`;
  }

  /** What connects the mailbox. */
  input(more: object = {}) {
    return { address: 'support@shop.example', imapUrl: this.imap.url(), smtpUrl: this.smtpUrl(), ...more };
  }

  async close(): Promise<void> {
    await this.imap.close();
    await new Promise<void>((resolve) => this.smtp.close(() => resolve()));
  }
}

/** The library closes connections with a word of farewell only. */
function connectionsOf(smtp: SMTPServer): Iterable<{ readonly _socket: { destroy(): void } }> {
  return (smtp as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections;
}

function handed(from: string, to: readonly string[], raw: string): HandedMail {
  const at = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, at)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { from, to, raw, headers, body: raw.slice(at + 4) };
}

let numbers = 0;
/** A mail as a customer's program writes it. */
export function mailFrom(
  from: string,
  {
    text = 'Hello',
    subject = 'A question',
    headers = {},
    id,
  }: { text?: string; subject?: string; headers?: Record<string, string>; id?: string } = {},
): { readonly raw: string; readonly id: string } {
  numbers += 1;
  const messageId = id ?? `<${String(numbers)}.${String(process.pid)}@mail.example>`;
  const head: Record<string, string> = {
    From: from,
    To: 'support@shop.example',
    Subject: subject,
    Date: new Date().toUTCString(),
    'Message-ID': messageId,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  return { raw: `${lines.join('\n')}\n\n${text}\n`, id: messageId };
}
