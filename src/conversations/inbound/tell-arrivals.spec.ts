import type { NewMessage } from './plan-storing.js';
import { answeredElsewhere } from './tell-arrivals.js';

const stored = (conversationId: string, from: 'business' | 'contact', ours: boolean): NewMessage =>
  ({ conversationId, event: { from, ours } }) as NewMessage;

describe('that somebody answered elsewhere', () => {
  it('is told of every conversation once, and of none in which a customer wrote', () => {
    const messages = [
      stored('b', 'business', false),
      stored('a', 'business', false),
      stored('b', 'business', false),
      stored('c', 'contact', false),
    ];
    expect(answeredElsewhere(messages)?.conversationIds).toEqual(['a', 'b']);
  });

  it('is not told of what this app sent, though no message here is known to be the one: it takes nothing from a machine', () => {
    expect(answeredElsewhere([stored('a', 'business', true), stored('b', 'contact', false)])).toBeNull();
  });
});
