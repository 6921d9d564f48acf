import { comparisonsOf, conditionOf, listOf, numberOf, typedCondition } from './segment-values.js';

it('reads lists with either comma, and whole numbers', () => {
  expect(listOf(' vip, new،  ,x')).toEqual(['vip', 'new', 'x']);
  expect([numberOf('7'), numberOf(' '), numberOf('7.5'), numberOf('x')]).toEqual([7, null, null, null]);
});

it('gives the server values of the field’s kind, and leaves to it what is none', () => {
  const is = (typed: string, kind: 'TEXT' | 'NUMBER' | 'YES_NO') =>
    conditionOf({ key: 'k', comparison: 'IS', typed }, kind).value;
  expect([is('7', 'NUMBER'), is('seven', 'NUMBER'), is('', 'NUMBER')]).toEqual([7, 'seven', '']);
  expect([is('yes', 'YES_NO'), is('no', 'YES_NO'), is('', 'YES_NO'), is('7', 'TEXT')]).toEqual([true, false, '', '7']);
  expect(conditionOf({ key: 'k', comparison: 'IS_SET', typed: 'x' }, 'TEXT')).toEqual({
    key: 'k',
    comparison: 'IS_SET',
  });
  for (const value of [7, true, false, 'pro']) {
    const kind = typeof value === 'number' ? 'NUMBER' : typeof value === 'boolean' ? 'YES_NO' : 'TEXT';
    const given = { key: 'k', comparison: 'IS_NOT' as const, value };
    expect(conditionOf(typedCondition(given), kind)).toEqual(given);
  }
});

it('offers an order to what has one', () => {
  expect(comparisonsOf('NUMBER')).toContain('AT_LEAST');
  expect(comparisonsOf('CHOICE')).not.toContain('CONTAINS');
  expect(comparisonsOf('TEXT')).not.toContain('AT_MOST');
});
