import { datesOf, fieldTime, weekOf, weekdayName } from './week.js';

describe('the week of a form', () => {
  it('takes open days, and keeps what a day has beyond the form', () => {
    const words: Record<string, string> = {
      'opens-1': '08:00',
      'closes-1': '12:00',
      'opens-7': '10:00',
      'closes-7': '14:00',
    };
    const kept = [
      { weekday: 1, opens: '09:00', closes: '12:00' },
      { weekday: 1, opens: '13:00', closes: '18:00' },
      { weekday: 2, opens: '09:00', closes: '12:00' },
    ];
    expect(weekOf(new Set([7, 1]), (name) => words[name] ?? '', kept)).toEqual([
      { weekday: 1, opens: '08:00', closes: '12:00' },
      { weekday: 1, opens: '13:00', closes: '18:00' },
      { weekday: 7, opens: '10:00', closes: '14:00' },
    ]);
  });

  it('reads days however they are put', () => {
    expect(datesOf(' 2026-12-25, 2027-01-01;\n2027-04-23 ')).toEqual(['2026-12-25', '2027-01-01', '2027-04-23']);
    expect(datesOf('')).toEqual([]);
  });

  it('shows midnight, and begins on Monday', () => {
    expect([fieldTime('24:00'), fieldTime('18:30'), fieldTime(undefined)]).toEqual(['00:00', '18:30', undefined]);
    expect([weekdayName(1, 'en'), weekdayName(7, 'tr')]).toEqual(['Monday', 'Pazar']);
  });
});
