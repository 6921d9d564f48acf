import type { Message } from '../load/webhooks.js';

/** ms from when each message was due to when its subscriber had it, sorted; what never came took for ever. */
export function delaysOf(messages: readonly Message[], dueAt: Float64Array, receivedAt: Float64Array): number[] {
  return messages
    .map(({ number }) => {
      const delay = (receivedAt[number] ?? Number.NaN) - (dueAt[number] ?? Number.NaN);
      return Number.isNaN(delay) ? Number.POSITIVE_INFINITY : delay;
    })
    .sort((a, b) => a - b);
}
