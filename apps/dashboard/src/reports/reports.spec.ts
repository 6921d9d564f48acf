import { csvOf } from './csv.js';
import { dayAfter, dayOf, dayStart, isDay } from './days.js';

describe('days in a time zone', () => {
  it.each([
    ['2026-11-22', 'Europe/Istanbul', '2026-11-21T21:00:00.000Z'],
    ['2026-11-22', 'UTC', '2026-11-22T00:00:00.000Z'],
    // The clocks change on these days, after midnight.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['2026-07-01', 'America/Los_Angeles', '2026-07-01T07:00:00.000Z'],
    ['2026-07-01', 'Asia/Kolkata', '2026-06-30T18:30:00.000Z'],
  ])('%s in %s begins at %s', (day, zone, start) => {
    expect(dayStart(day, zone).toISOString()).toBe(start);
    expect(dayOf(new Date(start), zone)).toBe(day);
  });

  it('follow each other over months and years', () => {
    expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
    expect(dayAfter('2028-03-01', -1)).toBe('2028-02-29');
    expect([isDay('2026-13-01'), isDay('yesterday'), isDay(null), isDay('2026-02-01')]).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('a table for spreadsheets', () => {
  it('runs nothing that somebody wrote as a name', () => {
    const text = csvOf([
      ['name', 'count'],
      ['=HYPERLINK("http://x")', 3],
      [' +1', null],
      ['-2', -2],
      ['@SUM(A1)', 1],
    ]);
    const cells = text.slice(1).trim().split('\r\n');
    expect(cells).toEqual(['name,count', `"'=HYPERLINK(""http://x"")",3`, `"' +1",`, `"'-2",-2`, `"'@SUM(A1)",1`]);
  });

  it('keeps commas, quotes and lines in their cells', () => {
    expect(csvOf([['a,b', 'say "hi"', 'two\nlines', 'İade']])).toBe('\uFEFF"a,b","say ""hi""","two\nlines",İade\r\n');
  });
});
