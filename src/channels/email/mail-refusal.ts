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

const words: Readonly<Record<Trouble, string>> = {
  credentials:
    'The mail server does not take this name and password. Many providers want a password made for apps instead of your own.',
  unsafe:
    'The mail server cannot be reached safely: it has no public address, no TLS, or a certificate that is not its own.',
  unavailable: 'The mail server could not be reached. Nothing was changed; try again in a minute.',
  protocol: 'What answers there is not a mail server of this kind.',
};

export function mailServerError(trouble: Trouble, cause?: unknown): MailServerError {
  return new MailServerError(trouble, words[trouble], { cause });
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
