/**
 * A call that brought no answer. `sent` says what is known: 'no' where the other side certainly got nothing (refused,
 * no such host, an address that is not allowed, nobody whom the deployment publishes), 'maybe' where it may have acted on it (timeout, reset).
 */
export class OutgoingError extends Error {
  constructor(
    message: string,
    readonly sent: 'no' | 'maybe',
    readonly reason: 'address' | 'recipient' | 'connection' | 'timeout' | 'size' | 'redirects',
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'OutgoingError';
  }
}

const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'EADDRNOTAVAIL',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What is known of a call that ended without its answer. */
export function brokenOff(target: URL, error: unknown, signal: AbortSignal): OutgoingError {
  if (error instanceof OutgoingError) return error;
  const code = errorCode(error);
  if (neverSent.has(code))
    return new OutgoingError(`${target.host} cannot be reached (${code}).`, 'no', 'connection', { cause: error });
  const timedOut = signal.aborted || code.includes('TIMEOUT');
  return new OutgoingError(
    timedOut
      ? `${target.host} did not answer in time.`
      : `The connection to ${target.host} broke (${code || 'reset'}).`,
    'maybe',
    timedOut ? 'timeout' : 'connection',
    { cause: error },
  );
}

function errorCode(error: unknown): string {
  const code =
    (error as { code?: unknown } | null)?.code ?? (error as { cause?: { code?: unknown } } | null)?.cause?.code ?? '';
  return typeof code === 'string' ? code : '';
}
