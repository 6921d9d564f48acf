import { DomainError, type ErrorCode, fillIn, reasonFinder } from '../../platform/errors/index.js';
import { type RefusalReason, refusalWords } from './refusal-words.js';

interface Details {
  readonly field?: string;
  readonly retryAfter?: number;
  readonly cause?: unknown;
  readonly values?: Readonly<Record<string, string>>;
  /** Where it is not the reason's usual one. */
  readonly code?: ErrorCode;
}

/** A refusal to connect something, by its reason. */
export function refusal(reason: RefusalReason, { values = {}, code, ...details }: Details = {}): DomainError {
  return new DomainError(code ?? refusalWords[reason][0], refusalSentence(reason, values), {
    ...details,
    reason,
    values,
  });
}

/** What is said of it in English. */
export function refusalSentence(reason: RefusalReason, values: Readonly<Record<string, string>> = {}): string {
  return fillIn(refusalWords[reason][1], values);
}

/** The reason of a sentence that was kept; null for words of anybody else. */
export const reasonOf = reasonFinder(
  Object.fromEntries(Object.entries(refusalWords).map(([reason, [, words]]) => [reason, words])),
);
