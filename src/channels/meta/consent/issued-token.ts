import { DomainError, ErrorCode } from '../../../platform/errors/index.js';
import { OutgoingError } from '../../../platform/http/index.js';
import type { GraphAnswer } from '../graph-client.js';
import { graphErrorRule } from '../graph-errors.js';
import { type Json, isJson } from '../reading.js';

/** A token as the platform gives one out. */
export interface IssuedToken {
  readonly token: string;
  /** Seconds that it lives; null where it has no end, or none that is told. */
  readonly seconds: number | null;
  /** The whole answer, for what else it says. */
  readonly body: Json;
}

/** The token of an answer, in the forms that are seen: bare, or the first of `data`. Null where it holds none. */
export function tokenIn({ status, body, error }: GraphAnswer): IssuedToken | null {
  if (status < 200 || status > 299 || error !== null || body === null) return null;
  const [first] = Array.isArray(body['data']) ? (body['data'] as unknown[]) : [];
  const inside = isJson(first) ? first : body;
  const token = inside['access_token'];
  if (typeof token !== 'string' || !/^[\x21-\x7e]{1,4096}$/.test(token)) return null;
  const seconds = Number(inside['expires_in'] ?? 0);
  return { token, seconds: Number.isFinite(seconds) && seconds > 0 ? seconds : null, body: inside };
}

/** The same, or why there is none in words for the person who gave the consent. */
export async function issued(call: () => Promise<GraphAnswer>): Promise<IssuedToken> {
  const answer = await reached(call);
  const token = tokenIn(answer);
  if (token !== null) return token;
  if (isLater(answer))
    throw new DomainError(
      ErrorCode.UNAVAILABLE,
      'Meta cannot answer right now. Nothing was connected; start again in a minute.',
      { retryAfter: answer.retryAfter ?? 60 },
    );
  throw new DomainError(
    ErrorCode.PLATFORM_REFUSED,
    `Meta did not accept the consent${answer.error?.code === undefined ? '' : ` (error ${String(answer.error.code)})`}. It may have taken too long: start again. If it happens again, the operator has to check the app’s id, secret and redirect addresses.`,
  );
}

/** An answer, or words for there being none. */
export async function reached(call: () => Promise<GraphAnswer>): Promise<GraphAnswer> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    throw new DomainError(
      ErrorCode.UNAVAILABLE,
      'Meta could not be reached. Nothing was connected; start again in a minute.',
      { retryAfter: 60, cause: error },
    );
  }
}

/** Whether an answer is no word on the matter: a fault of the platform, or too many calls. */
export function isLater({ status, error }: GraphAnswer): boolean {
  if (status >= 500 || status === 429 || status === 408) return true;
  return error !== null && graphErrorRule(error.code, error.subcode).outcome === 'later';
}
