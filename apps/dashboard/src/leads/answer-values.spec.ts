import type { TFunction } from 'i18next';
import { answerFrom, answerWords, answersOf, typedAnswer } from './answer-values.js';

const t = ((key: string) => key) as TFunction;

describe('what a form was answered with', () => {
  it('is texts, numbers, yes and no, and several texts; anything else is left aside', () => {
    expect(answersOf({ a: 'x', b: 2, c: false, d: ['x', 'y'], e: [], f: null, g: { h: 1 }, i: [1] })).toEqual([
      ['a', 'x'],
      ['b', 2],
      ['c', false],
      ['d', ['x', 'y']],
    ]);
    expect([null, undefined, 'x', 3].map(answersOf)).toEqual([[], [], [], []]);
  });

  it.each([
    ['x', 'x'],
    [1234.5, '1,234.5'],
    [true, 'customer.yes'],
    [['small', 'red'], 'small, red'],
  ] as const)('is read: %j', (value, words) => expect(answerWords(value, 'en', t)).toBe(words));

  it.each([
    ['x ', 'y', 'x'],
    ['12', 3, 12],
    ['twelve', 3, 'twelve'],
    ['false', true, false],
    ['a\n\n b ', ['c'], ['a', 'b']],
    ['12', null, '12'],
    ['  ', 'y', null],
  ] as const)('is changed in its kind: %j after %j', (typed, before, value) =>
    expect(answerFrom(typed, before)).toEqual(value),
  );

  it.each(['x', 3, true, ['a', 'b']])('stands in its field and comes back from there: %j', (value) =>
    expect(answerFrom(typedAnswer(value), value)).toEqual(value),
  );
});
