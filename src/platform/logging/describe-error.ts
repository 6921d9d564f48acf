import { DomainError } from '../errors/index.js';

/**
 * An error in words that may be stored and logged: a driver's or a parser's own text may quote what a customer wrote,
 * so of those only the kind and the code are kept.
 */
export function describeError(error: unknown): string {
  if (error instanceof DomainError) return `${error.code}: ${error.message}`;
  if (!(error instanceof Error)) return 'unknown error';
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') return `${error.name} ${code}`;
  return error instanceof SyntaxError || error.name === 'QueryFailedError'
    ? error.name
    : `${error.name}: ${error.message.slice(0, 300)}`;
}
