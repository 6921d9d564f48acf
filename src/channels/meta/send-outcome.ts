import { OutgoingError } from '../../platform/http/index.js';
import type { ActOutcome, SendOutcome } from '../channel-adapter.js';
import type { GraphAnswer } from './graph-client.js';
import { graphErrorRule } from './graph-errors.js';

/** Makes one send and says what came of it, whatever the platform or the network does. */
export async function sendOnce(
  call: () => Promise<GraphAnswer>,
  sentId: (answer: GraphAnswer) => string | null,
): Promise<SendOutcome> {
  try {
    return outcomeOf(await call(), sentId);
  } catch (error) {
    if (error instanceof OutgoingError && error.sent === 'no') {
      return {
        kind: 'retry',
        reason: 'The platform could not be reached. It is tried again by itself.',
        afterSeconds: null,
      };
    }
    return { kind: 'unconfirmed', reason: 'The platform did not answer. It may have been sent.' };
  }
}

/** The same for what leaves no message behind: any yes is one. */
export async function actOnce(call: () => Promise<GraphAnswer>): Promise<ActOutcome> {
  const outcome = await sendOnce(call, () => 'done');
  return outcome.kind === 'sent' ? { kind: 'done' } : outcome;
}

/**
 * What an answer means. A 4xx is a definite no; 429 and the documented limits are a no for now. After a 5xx, or a yes
 * without the id of the message, it may have been sent, and no machine may send it again.
 */
function outcomeOf(answer: GraphAnswer, sentId: (answer: GraphAnswer) => string | null): SendOutcome {
  const { status, error } = answer;
  if (status >= 200 && status <= 299) {
    const externalId = error === null ? sentId(answer) : null;
    return externalId === null
      ? { kind: 'unconfirmed', reason: 'The platform gave an answer that cannot be understood. It may have been sent.' }
      : { kind: 'sent', externalId };
  }
  if (status < 400 || status > 499 || status === 408) {
    return {
      kind: 'unconfirmed',
      reason: `The platform failed while it took the message (HTTP ${String(status)}). It may have been sent.`,
    };
  }
  const rule = graphErrorRule(error?.code ?? null, error?.subcode ?? null);
  if (rule.outcome === 'later' || (status === 429 && rule.tokenUnusable !== true)) {
    const words =
      rule.outcome === 'later'
        ? rule.words
        : 'The platform is limiting how much may be sent. It is tried again by itself.';
    return { kind: 'retry', reason: words, afterSeconds: answer.retryAfter ?? rule.afterSeconds ?? null };
  }
  // A 401 that names no error is still the token's.
  const tokenUnusable = rule.tokenUnusable === true || (status === 401 && error === null);
  const reason = status === 401 && error === null ? graphErrorRule(190, null).words : rule.words;
  return { kind: 'refused', reason, tokenUnusable };
}
