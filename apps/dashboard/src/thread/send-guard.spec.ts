import type { MessagePartsFragment } from '../inbox/types.js';
import { answersSince } from './send-guard.js';

const message = (id: string, part: object = {}) =>
  ({
    id,
    direction: 'OUTBOUND',
    author: 'MEMBER',
    status: 'SENT',
    member: { id: 'm2' },
    ...part,
  }) as MessagePartsFragment;
const inbound = (id: string) => message(id, { direction: 'INBOUND', author: 'CONTACT', member: null });
const answers = (messages: MessagePartsFragment[], seen: string | null) =>
  answersSince(messages, seen, 'm1').map(({ id }) => id);

describe('what was answered meanwhile', () => {
  it('is what others and the AI have sent since', () => {
    const thread = [
      inbound('a'),
      message('b'),
      inbound('c'),
      message('d'),
      message('e', { author: 'BOT', member: null }),
    ];
    expect(answers(thread, 'c')).toEqual(['d', 'e']);
    expect(answers(thread, 'a')).toEqual(['b', 'd', 'e']);
    expect(answers(thread, 'e')).toEqual([]);
  });

  it('is nothing of one’s own, no note, no customer and nothing that was called back', () => {
    const thread = [
      inbound('a'),
      message('b', { member: { id: 'm1' } }),
      message('c', { direction: 'NOTE' }),
      inbound('d'),
      message('e', { status: 'CANCELED' }),
      message('f', { author: 'SYSTEM', member: null }),
    ];
    expect(answers(thread, 'a')).toEqual([]);
  });

  it('is nothing where it is not known since when: the server judges that', () => {
    expect(answers([message('a')], null)).toEqual([]);
    expect(answers([message('a')], 'erased')).toEqual([]);
  });
});
