import { DomainError, ErrorCode } from '../errors/index.js';

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08003',
  '08001',
  '53300',
  // Behind a lock, or a statement, that did not end in the time there is.
  '55P03',
  '57014',
]);

/** A database that is away, as a refusal that says when to try again; any other error as it is. */
export function asUnavailable(error: unknown): unknown {
  if (!unreachable.has(codeOf(error)) && !isBrokenConnection(error)) return error;
  return new DomainError(ErrorCode.UNAVAILABLE, 'The database does not answer. Try again in a moment.', {
    retryAfter: 2,
    cause: error,
  });
}

/** The SQLSTATE of an error, or the system's own code. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

function isBrokenConnection(error: unknown): boolean {
  return (
    error instanceof Error &&
    /timeout exceeded when trying to connect|timeout expired|Connection terminated|is not queryable/.test(error.message)
  );
}
