import { filterOf, inOrder, queueFilters, statesOf } from './queue-filter.js';

describe('the filter of the privacy desk', () => {
  it('shows what waits where the address says nothing, or nonsense', () => {
    expect([null, '', 'nonsense', '__proto__'].map(filterOf)).toEqual(['OPEN', 'OPEN', 'OPEN', 'OPEN']);
    expect(statesOf('OPEN')).toEqual(['RECEIVED', 'VERIFYING', 'IN_PROGRESS', 'ON_HOLD']);
  });
  it('asks for each state by its name, and for all by none', () => {
    expect(queueFilters.map(filterOf)).toEqual(queueFilters);
    expect([statesOf('REJECTED'), statesOf('ALL')]).toEqual([['REJECTED'], null]);
  });
});

describe('the order of the privacy desk [promise 77]', () => {
  const row = (id: string, minor: boolean, status: 'VERIFYING' | 'COMPLETED') => ({ id, minor, status });
  it('has the open ones of children first, and leaves the others as they came', () => {
    const rows = [
      row('a', false, 'VERIFYING'),
      row('b', true, 'COMPLETED'),
      row('c', true, 'VERIFYING'),
      row('d', false, 'VERIFYING'),
      row('e', true, 'VERIFYING'),
    ];
    expect(inOrder(rows).map(({ id }) => id)).toEqual(['c', 'e', 'a', 'b', 'd']);
  });
});
