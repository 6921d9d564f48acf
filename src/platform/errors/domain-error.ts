/** The codes a client may meet in `extensions.code`. Clients rely on them; add with care. */
export enum ErrorCode {
  UNAUTHENTICATED = 'UNAUTHENTICATED',
  FORBIDDEN = 'FORBIDDEN',
  NOT_FOUND = 'NOT_FOUND',
  BAD_USER_INPUT = 'BAD_USER_INPUT',
  CONFLICT = 'CONFLICT',
  RATE_LIMITED = 'RATE_LIMITED',
  PLAN_LIMIT = 'PLAN_LIMIT',
  MESSAGING_WINDOW_CLOSED = 'MESSAGING_WINDOW_CLOSED',
  CHANNEL_EXPIRED = 'CHANNEL_EXPIRED',
  CONFIRMATION_MISMATCH = 'CONFIRMATION_MISMATCH',
  LEGAL_HOLD = 'LEGAL_HOLD',
  CURSOR_EXPIRED = 'CURSOR_EXPIRED',
  TOO_COMPLEX = 'TOO_COMPLEX',
  TWO_FACTOR_REQUIRED = 'TWO_FACTOR_REQUIRED',
  REAUTHENTICATION_REQUIRED = 'REAUTHENTICATION_REQUIRED',
  EMAIL_NOT_VERIFIED = 'EMAIL_NOT_VERIFIED',
  PLATFORM_REFUSED = 'PLATFORM_REFUSED',
  UNAVAILABLE = 'UNAVAILABLE',
  INTERNAL = 'INTERNAL',
}

interface DomainErrorDetails {
  /** The one input field at fault, by its name in the input. */
  readonly field?: string;
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
  /** What led here; logged, never shown. */
  readonly cause?: unknown;
  /** The rule that refused it, for the audit log, where the code is one that other failures have as well. */
  readonly rule?: 'LAST_OWNER';
  /** Which refusal of its operation it is, for clients that say it in their reader's language. */
  readonly reason?: string;
  /** What such words are filled in with. */
  readonly values?: Readonly<Record<string, string>>;
}

/**
 * A refusal in words a person can act on. It is thrown once, where the rule lives, and translated once, at the edge
 * (GraphQL or HTTP). Its message is shown to clients: it never carries another's data, SQL or secrets.
 */
export class DomainError extends Error {
  readonly field: string | undefined;
  readonly retryAfter: number | undefined;
  readonly rule: DomainErrorDetails['rule'];
  readonly reason: string | undefined;
  readonly values: DomainErrorDetails['values'];

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: DomainErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'DomainError';
    this.field = details.field;
    this.retryAfter = details.retryAfter;
    this.rule = details.rule;
    this.reason = details.reason;
    this.values = details.values;
  }
}

/** A look-up that found nothing: the same answer for a foreign id and for one that never existed. */
export function notFound(what: string): DomainError {
  return new DomainError(ErrorCode.NOT_FOUND, `${what} was not found.`);
}

/** One input field that cannot be taken as it is; the reason and its values are for clients that say it in their reader's language. */
export function badInput(
  field: string,
  message: string,
  reason?: string,
  values?: Readonly<Record<string, string>>,
): DomainError {
  return new DomainError(ErrorCode.BAD_USER_INPUT, message, {
    field,
    ...(reason !== undefined && { reason }),
    ...(values !== undefined && { values }),
  });
}
