import { figureWords } from './figure-words.js';

const figures = {
  __typename: 'PrivacyFigures',
  open: 3,
  overdue: 1,
  settled: 8,
  medianDays: 7.46,
  withinFiveBusinessDays: 0.625,
  withinThirtyDays: 1,
} as const;
const written = (given: Parameters<typeof figureWords>[0], language = 'en') =>
  figureWords(given, language).map(([name, value]) => `${name} ${value}`);

describe('how long requests take [promise 72]', () => {
  it('is said in days, and in shares of what was settled', () => {
    expect(written(figures)).toEqual([
      'open 3',
      'overdue 1',
      'settled 8',
      'medianDays 7.5 days',
      'withinFive 63%',
      'withinThirty 100%',
    ]);
    expect(written(figures, 'tr').join()).toContain('7,5 gün');
  });

  it('is said in hours where it is less than two days', () => {
    const median = (medianDays: number) => written({ ...figures, medianDays })[3];
    expect([0, 0.5, 1.99, 2].map(median)).toEqual([
      'medianDays 1 hour',
      'medianDays 12 hours',
      'medianDays 48 hours',
      'medianDays 2 days',
    ]);
  });

  it('says nothing of what was never settled', () => {
    const none = { ...figures, settled: 0, medianDays: null, withinFiveBusinessDays: null, withinThirtyDays: null };
    expect(written(none).slice(3)).toEqual(['medianDays –', 'withinFive –', 'withinThirty –']);
  });
});
