import type { RefusalReason } from '../connect/refusal-words.js';
import { refusalSentence } from '../connect/refusal.js';

/** Why a mail server could not be used, told apart by what may be done about it. */
export type Trouble =
  /** The name or password is not taken. */
  | 'credentials'
  /** Not a public address, no TLS, or a certificate that is not its own. */
  | 'unsafe'
  /** It cannot be found, does not answer, or said "not now". */
  | 'unavailable'
  /** It answers something else than mail. */
  | 'protocol';

/** A mail server did not do what was asked. The words are ours: what a server says may be anything. */
export class MailServerError extends Error {
  constructor(
    readonly trouble: Trouble,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'MailServerError';
  }
}

/** What such a trouble is to somebody who connects a mailbox. */
export const mailRefusals = {
  credentials: 'MAIL_CREDENTIALS',
  unsafe: 'MAIL_UNSAFE',
  unavailable: 'MAIL_UNREACHED',
  protocol: 'MAIL_PROTOCOL',
} as const satisfies Readonly<Record<Trouble, RefusalReason>>;

export function mailServerError(trouble: Trouble, cause?: unknown): MailServerError {
  return new MailServerError(trouble, refusalSentence(mailRefusals[trouble]), { cause });
}

const unsafeCodes =
  /^(?:ERR_TLS|CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED|UNABLE_TO_|ERR_SSL|EPROTO|ETLS|HOSTNAME_MISMATCH)/;

/** What an error of a connection means. */
export function troubleOf(error: unknown): Trouble {
  const { code, authenticationFailed, tlsFailed } = error as {
    code?: unknown;
    authenticationFailed?: unknown;
    tlsFailed?: unknown;
  };
  if (authenticationFailed === true) return 'credentials';
  if (tlsFailed === true || (typeof code === 'string' && unsafeCodes.test(code))) return 'unsafe';
  return 'unavailable';
}
