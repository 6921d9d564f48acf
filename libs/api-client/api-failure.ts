/** The codes that the contract promises; a newer server may send others, so callers keep a default branch. */
export const errorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'RATE_LIMITED',
  'PLAN_LIMIT',
  'MESSAGING_WINDOW_CLOSED',
  'CHANNEL_EXPIRED',
  'CONFIRMATION_MISMATCH',
  'LEGAL_HOLD',
  'CURSOR_EXPIRED',
  'TOO_COMPLEX',
  'TWO_FACTOR_REQUIRED',
  'REAUTHENTICATION_REQUIRED',
  'EMAIL_NOT_VERIFIED',
  'PLATFORM_REFUSED',
  'UNAVAILABLE',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** What went wrong, in the shape that a screen needs. NETWORK: no answer came at all. */
export interface ApiFailure {
  code: ErrorCode | 'NETWORK';
  message: string;
  field: string | null;
  retryAfter: number | null;
  requestId: string | null;
  /** Which refusal of its operation it is, where the server tells them apart; a newer one may name others. */
  reason?: string;
  /** What words for it are filled in with. */
  values?: Readonly<Record<string, string>>;
}

interface ErrorLike {
  graphQLErrors?: readonly { message: string; extensions?: Record<string, unknown> | undefined }[] | undefined;
  networkError?: unknown;
  response?: unknown;
}

function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && (errorCodes as readonly string[]).includes(value);
}

/** Reads the contract's extensions from a client error. An unknown code counts as INTERNAL. */
export function toApiFailure(error: ErrorLike): ApiFailure {
  const first = error.graphQLErrors?.[0];
  if (!first) {
    const status = statusOf(error.response);
    const code =
      status === 401 ? 'UNAUTHENTICATED' : status === 429 ? 'RATE_LIMITED' : status >= 500 ? 'UNAVAILABLE' : 'NETWORK';
    return { code, message: '', field: null, retryAfter: null, requestId: null };
  }
  const { code, field, retryAfter, requestId, reason, values } = first.extensions ?? {};
  return {
    code: isErrorCode(code) ? code : 'INTERNAL',
    message: first.message,
    field: typeof field === 'string' ? lastSegment(field) : null,
    retryAfter: typeof retryAfter === 'number' ? retryAfter : null,
    requestId: typeof requestId === 'string' ? requestId : null,
    ...(typeof reason === 'string' && { reason, values: textsOf(values) }),
  };
}

/** The texts among what was sent. */
function textsOf(values: unknown): Readonly<Record<string, string>> {
  const texts = Object.entries(values ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}

/** True where the same request may well succeed later, so that a machine may try it again with the same key. */
export function isTransient(failure: ApiFailure): boolean {
  return ['NETWORK', 'UNAVAILABLE', 'RATE_LIMITED', 'INTERNAL'].includes(failure.code);
}

function statusOf(response: unknown): number {
  const status = (response as { status?: unknown } | null | undefined)?.status;
  return typeof status === 'number' ? status : 0;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
