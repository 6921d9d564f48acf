import { mayReply } from './may-reply.js';

describe('mayReply', () => {
  it.each([
    ['CONNECTED', true, 'now'],
    ['EXPIRING', true, 'now'],
    ['ERROR', true, 'now'],
    ['EXPIRED', true, 'held'],
    ['EXPIRED', false, 'closed'],
    ['CONNECTED', false, 'closed'],
    ['DISCONNECTED', true, 'disconnected'],
    ['DISCONNECTED', false, 'disconnected'],
  ] as const)('%s, window open %s: %s', (status, open, outcome) => {
    const messagingWindow = { open, closesAt: null, humanAgentUntil: null, reason: null };
    expect(mayReply({ channel: { status }, messagingWindow })).toBe(outcome);
  });
});
