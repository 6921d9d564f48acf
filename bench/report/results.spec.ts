import { goals, verdictOf } from './goals.js';
import { type BenchResult, faultsOf, skippedIn, slowHere, tableOf } from './results.js';

const result = (more: Partial<BenchResult>): BenchResult => ({ name: 'some', seconds: 1, measured: [], ...more });

describe('The verdict on a goal', () => {
  it('knows which way is better', () => {
    expect(verdictOf(goals['1'], 31)).toBe('target');
    expect(verdictOf(goals['1'], 15)).toBe('floor');
    expect(verdictOf(goals['1'], 14.9)).toBe('missed');
    expect(verdictOf(goals['2'], 0.5)).toBe('target');
    expect(verdictOf(goals['2'], 1.2)).toBe('floor');
    expect(verdictOf(goals['2'], 1.21)).toBe('missed');
  });

  it('misses what could not be measured', () => {
    expect(verdictOf(goals['1'], Number.NaN)).toBe('missed');
    expect(verdictOf(goals['2'], Number.NaN)).toBe('missed');
  });

  it('forgives not one lost message', () => {
    expect(verdictOf(goals['16'], 0)).toBe('target');
    expect(verdictOf(goals['16'], 1)).toBe('missed');
  });

  it('has a floor on the near side of every target', () => {
    for (const goal of Object.values(goals))
      expect(goal.more ? goal.floor <= goal.target : goal.floor >= goal.target).toBe(true);
  });
});

describe('The gate', () => {
  it('lets pass what keeps the floors', () => {
    expect(faultsOf([result({ measured: [{ goal: '1', value: 15 }] })])).toEqual([]);
  });

  it('refuses a ratio, a count and a processor time under the floor, and names them', () => {
    const measured = [
      { goal: '1', value: 3 },
      { goal: '2', value: 9 },
      { goal: '3', value: 1 },
      { goal: '16', value: 2 },
    ] as const;
    expect(faultsOf([result({ measured })]).map((fault) => fault.split(':')[0])).toEqual([
      'goal 1',
      'goal 2',
      'goal 3',
      'goal 16',
    ]);
  });

  it('refuses a bench that broke', () => {
    expect(faultsOf([result({ error: 'the server ended' })])).toEqual(['some broke: the server ended']);
  });

  it('tells of a time under its floor, which another machine may keep', () => {
    const slow = [result({ measured: [{ goal: '4', value: 90 }] })];
    expect(faultsOf(slow)).toEqual([]);
    expect(slowHere(slow)).toEqual(['goal 4: 90 is under the floor, 50, here']);
  });

  it('names what was skipped, and what was expected and never came', () => {
    const skipped = skippedIn(
      [result({ measured: [{ goal: '1', value: 20 }], skipped: [{ goal: '6', why: 'no room for 10M rows' }] })],
      ['1', '2', '6'],
    );
    expect(skipped).toEqual([
      { goal: '6', why: 'no room for 10M rows' },
      { goal: '2', why: 'not measured' },
    ]);
  });
});

describe('The table', () => {
  it('has a line for each goal with value, floor, target and verdict, in the order of the numbers', () => {
    const lines = tableOf([
      result({ measured: [{ goal: '16', value: 0 }] }),
      result({ measured: [{ goal: '2', value: 0.7, note: '20 workspaces' }] }),
      result({ measured: [{ goal: '1', value: 3.25 }] }),
    ]).split('\n');
    expect(lines[1]).toMatch(/^1 .* 3\.25 % +15 % +30 % +MISSED$/);
    expect(lines[2]).toMatch(/^2 .* 0\.7 ms +1\.2 ms +0\.5 ms +floor +20 workspaces$/);
    expect(lines[3]).toMatch(/^16 .* 0 +0 +0 +ok$/);
  });
});
