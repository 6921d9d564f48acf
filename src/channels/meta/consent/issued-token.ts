import { refusal } from '../../connect/refusal.js';
import type { GraphAnswer } from '../graph-client.js';
import { graphErrorRule } from '../graph-errors.js';
import { reached } from '../../wire/answers.js';
import { type Json, isJson } from '../../wire/reading.js';

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
  const answer = await reached(call, unreached);
  const token = tokenIn(answer);
  if (token !== null) return token;
  if (isLater(answer)) throw refusal('CONSENT_BUSY', { retryAfter: answer.retryAfter ?? 60 });
  throw refusal('CONSENT_DECLINED', { values: { error: String(answer.error?.code ?? answer.status) } });
}

/** Said where there is no answer. */
export const unreached = 'CONSENT_UNREACHED';

/** Whether an answer is no word on the matter: a fault of the platform, or too many calls. */
export function isLater({ status, error }: GraphAnswer): boolean {
  if (status >= 500 || status === 429 || status === 408) return true;
  return error !== null && graphErrorRule(error.code, error.subcode).outcome === 'later';
}
