import type { TFunction } from 'i18next';
import { causeWords } from './cause-words.js';

const t = ((key: string) => key) as unknown as TFunction;
const members = [{ id: 'm1', user: { name: 'Ada' } }];

describe('causeWords', () => {
  it.each([
    ['member m1', 'Ada', null],
    ['member m2', 'cause.formerMember', null],
    ['message 0190', 'cause.message', '0190'],
    ['job token-expiry', 'cause.job', 'token-expiry'],
    ['disconnected', 'cause.disconnected', null],
    ['connected again', 'cause.connected', null],
    ['something new 7', 'something new 7', null],
  ])('%s: %s', (cause, words, id) => expect(causeWords(cause, t, members)).toEqual({ words, id }));
});
