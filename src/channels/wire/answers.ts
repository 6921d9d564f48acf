import { OutgoingError } from '../../platform/http/index.js';
import type { RefusalReason } from '../connect/refusal-words.js';
import { refusal } from '../connect/refusal.js';
import { parseJson } from './parse-json.js';
import { type Json, isJson } from './reading.js';

const longestWait = 86_400;

/** The JSON object that an answer is; null where it is none. */
export function jsonOf(bytes: Buffer): Json | null {
  try {
    const parsed = parseJson(bytes);
    return isJson(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Seconds to wait, as an answer names them, a day at the most; null where it names none. */
export function secondsOf(named: unknown): number | null {
  const seconds = Number(named);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(longestWait, Math.ceil(seconds)) : null;
}

/** An answer, whatever it says; where there is none, this reason for the person who waits for it. */
export async function reached<Answer>(call: () => Promise<Answer>, reason: RefusalReason): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    throw refusal(reason, { retryAfter: 60, cause: error });
  }
}
