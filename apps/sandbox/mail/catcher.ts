import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail as its reader would have it, with what it travelled in. */
export interface CaughtMail {
  readonly envelopeFrom: string;
  readonly to: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly messageId: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly raw: string;
}

/** What happens to one mail instead of being taken: a code is answered, or the line goes dead, or nothing is said. */
export type MailFault = { readonly answer: number } | 'cut' | 'silence';

/** A pretend mail server on loopback. */
export interface MailCatcher {
  readonly url: string;
  readonly mails: CaughtMail[];
  /** How many mails were handed over, taken or not. */
  readonly tries: number;
  /** Lets the next mails fail, one fault each, in this order. */
  fail(...faults: readonly MailFault[]): void;
  close(): Promise<void>;
}

/** Starts a mail server that takes everything for everyone and delivers nothing. */
export async function startMailCatcher(port = 0): Promise<MailCatcher> {
  const mails: CaughtMail[] = [];
  const faults: MailFault[] = [];
  let tries = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        tries += 1;
        const fault = faults.shift();
        if (fault === 'silence') return;
        if (fault === 'cut') {
          server.close();
          return;
        }
        if (fault !== undefined) {
          done(
            Object.assign(new Error(`No to <${session.envelope.rcptTo[0]?.address ?? ''}>`), {
              responseCode: fault.answer,
            }),
          );
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        const travelled = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
        };
        readMail(Buffer.concat(chunks), travelled).then(
          (mail) => {
            mails.push(mail);
            done();
          },
          (error: unknown) => done(error instanceof Error ? error : new Error('It cannot be read.')),
        );
      });
    },
  });
  // A client that hangs up is not this server's trouble.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    get tries() {
      return tries;
    },
    fail: (...more) => void faults.push(...more),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Reads a mail from its source. */
export async function readMail(raw: Buffer, envelope?: { from: string; to: string[] }): Promise<CaughtMail> {
  const parsed = await PostalMime.parse(raw);
  const headers: Record<string, string> = {};
  for (const { key, value } of parsed.headers) headers[key] = value;
  return {
    envelopeFrom: envelope?.from ?? '',
    to: envelope?.to ?? parsed.to?.map(({ address }) => address ?? '') ?? [],
    from: parsed.from?.address ?? '',
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? '',
    text: parsed.text ?? '',
    html: parsed.html ?? '',
    headers,
    raw: raw.toString(),
  };
}
