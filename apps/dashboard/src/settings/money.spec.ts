import { centsOf, unitsOf } from './money.js';

describe('money in a field', () => {
  it.each([
    ['12.5', 1250],
    ['0.29', 29],
    ['0.075', 7.5],
    ['0', 0],
    [' 3 ', 300],
    ['', null],
    ['much', null],
  ])('%j is %j hundredths', (typed, cents) => {
    expect(centsOf(typed)).toBe(cents);
  });

  it('stands there as it was typed', () => {
    expect(['12.5', '0.29', '0.075', '0', ''].map((typed) => unitsOf(centsOf(typed)))).toEqual([
      '12.5',
      '0.29',
      '0.075',
      '0',
      '',
    ]);
  });
});
