import type { Message } from '../load/webhooks.js';

/** ms from when each message was due to when its subscriber had it, sorted. */
export function delaysOf(messages: readonly Message[], dueAt: Float64Array, receivedAt: Float64Array): number[] {
  return messages
    .map(({ number }) => (receivedAt[number] ?? Number.NaN) - (dueAt[number] ?? Number.NaN))
    .filter((delay) => !Number.isNaN(delay))
    .sort((a, b) => a - b);
}
