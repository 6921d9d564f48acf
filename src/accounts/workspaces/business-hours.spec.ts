import { type BusinessHours, type OpeningHours, isOpen, nextChange, wasOpenBetween } from './business-hours.js';

const hours = (week: readonly OpeningHours[], holidays: readonly string[] = []): BusinessHours => ({
  always: false,
  week,
  holidays,
  awayMessage: null,
});
const every = (opens: string, closes: string) => [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens, closes }));
const open = (given: BusinessHours, zone: string, at: string) => isOpen(given, zone, new Date(at));

describe('whether a business is open', () => {
  it('is decided by its own clock', () => {
    const office = hours([{ weekday: 1, opens: '09:00', closes: '17:30' }]);
    // Monday 2026-03-02 in Istanbul is three hours ahead of UTC.
    expect(open(office, 'Europe/Istanbul', '2026-03-02T05:59:59Z')).toBe(false);
    expect(open(office, 'Europe/Istanbul', '2026-03-02T06:00:00Z')).toBe(true);
    expect(open(office, 'Europe/Istanbul', '2026-03-02T14:29:59Z')).toBe(true);
    expect(open(office, 'Europe/Istanbul', '2026-03-02T14:30:00Z')).toBe(false);
    expect(open(office, 'UTC', '2026-03-02T06:00:00Z')).toBe(false);
    expect(open(office, 'Europe/Istanbul', '2026-03-03T07:00:00Z')).toBe(false);
    // On the other side of the date line it is still Monday.
    expect(open(office, 'Pacific/Honolulu', '2026-03-03T02:00:00Z')).toBe(true);
  });

  it('may run past midnight, and belongs to the day on which it began', () => {
    const bar = hours([{ weekday: 5, opens: '20:00', closes: '02:00' }]);
    expect(open(bar, 'UTC', '2026-03-06T19:59:00Z')).toBe(false);
    expect(open(bar, 'UTC', '2026-03-06T23:59:00Z')).toBe(true);
    expect(open(bar, 'UTC', '2026-03-07T01:59:00Z')).toBe(true);
    expect(open(bar, 'UTC', '2026-03-07T02:00:00Z')).toBe(false);
    expect(open(bar, 'UTC', '2026-03-06T01:00:00Z')).toBe(false);
    const sunday = hours([{ weekday: 7, opens: '22:00', closes: '06:00' }]);
    expect(open(sunday, 'UTC', '2026-03-09T05:59:00Z')).toBe(true);
  });

  it('may be a whole day, or several times a day', () => {
    const day = hours([{ weekday: 3, opens: '00:00', closes: '24:00' }]);
    expect(open(day, 'UTC', '2026-03-04T00:00:00Z')).toBe(true);
    expect(open(day, 'UTC', '2026-03-04T23:59:59Z')).toBe(true);
    expect(open(day, 'UTC', '2026-03-05T00:00:00Z')).toBe(false);
    const lunch = hours([
      { weekday: 3, opens: '09:00', closes: '12:00' },
      { weekday: 3, opens: '13:00', closes: '17:00' },
    ]);
    expect(open(lunch, 'UTC', '2026-03-04T12:30:00Z')).toBe(false);
    expect(open(lunch, 'UTC', '2026-03-04T13:00:00Z')).toBe(true);
  });

  it('heeds holidays of the business’s own date', () => {
    const bar = hours(every('20:00', '02:00'), ['2026-12-31']);
    expect(open(bar, 'UTC', '2026-12-31T01:00:00Z')).toBe(true);
    expect(open(bar, 'UTC', '2026-12-31T21:00:00Z')).toBe(false);
    expect(open(bar, 'UTC', '2027-01-01T01:00:00Z')).toBe(false);
    // In Istanbul the year is new at 21:00 UTC.
    expect(open(bar, 'Europe/Istanbul', '2026-12-31T20:59:00Z')).toBe(false);
    expect(open(bar, 'Europe/Istanbul', '2027-01-01T18:00:00Z')).toBe(true);
  });

  it('follows the clocks through both nights on which they change', () => {
    const night = hours(every('02:30', '06:00'));
    // Berlin goes from 02:00 to 03:00 on 2026-03-29, at 01:00 UTC.
    expect(open(night, 'Europe/Berlin', '2026-03-29T00:59:00Z')).toBe(false);
    expect(open(night, 'Europe/Berlin', '2026-03-29T01:00:00Z')).toBe(true);
    expect(open(night, 'Europe/Berlin', '2026-03-29T03:59:00Z')).toBe(true);
    expect(open(night, 'Europe/Berlin', '2026-03-29T04:00:00Z')).toBe(false);
    // And from 03:00 to 02:00 on 2026-10-25, at 01:00 UTC: 02:30 comes twice.
    expect(open(night, 'Europe/Berlin', '2026-10-25T00:29:00Z')).toBe(false);
    expect(open(night, 'Europe/Berlin', '2026-10-25T00:30:00Z')).toBe(true);
    expect(open(night, 'Europe/Berlin', '2026-10-25T01:15:00Z')).toBe(false);
    expect(open(night, 'Europe/Berlin', '2026-10-25T01:30:00Z')).toBe(true);
    expect(open(night, 'Europe/Berlin', '2026-10-25T04:59:00Z')).toBe(true);
    const late = hours([{ weekday: 6, opens: '22:00', closes: '04:00' }]);
    expect(open(late, 'Europe/Berlin', '2026-10-25T02:59:00Z')).toBe(true);
    expect(open(late, 'Europe/Berlin', '2026-10-25T03:00:00Z')).toBe(false);
  });

  it('is always where that was said, and never where nothing opens', () => {
    expect(open({ ...hours([]), always: true }, 'UTC', '2026-01-01T00:00:00Z')).toBe(true);
    expect(open(hours([]), 'UTC', '2026-01-01T00:00:00Z')).toBe(false);
  });
});

describe('whether a business was open between two moments', () => {
  const between = (given: BusinessHours, zone: string, from: string, to: string) =>
    wasOpenBetween(given, zone, new Date(from), new Date(to));
  const office = hours([{ weekday: 1, opens: '09:00', closes: '17:30' }]);

  it('is told by its own clock, to the minute', () => {
    // Monday 2026-03-02, 09:00 to 17:30 in Istanbul, is 06:00 to 14:30 in UTC.
    expect(between(office, 'Europe/Istanbul', '2026-03-02T04:00:00Z', '2026-03-02T05:59:00Z')).toBe(false);
    expect(between(office, 'Europe/Istanbul', '2026-03-02T04:00:00Z', '2026-03-02T06:01:00Z')).toBe(true);
    expect(between(office, 'Europe/Istanbul', '2026-03-02T14:31:00Z', '2026-03-09T05:59:00Z')).toBe(false);
    expect(between(office, 'Europe/Istanbul', '2026-03-02T14:29:00Z', '2026-03-02T20:00:00Z')).toBe(true);
    // Never open at either end, and open in the middle.
    expect(between(office, 'Europe/Istanbul', '2026-03-01T20:00:00Z', '2026-03-03T20:00:00Z')).toBe(true);
  });

  it('knows what runs past midnight, holidays and closures of weeks', () => {
    const bar = hours([{ weekday: 5, opens: '20:00', closes: '02:00' }], ['2026-03-13']);
    expect(between(bar, 'UTC', '2026-03-07T01:30:00Z', '2026-03-07T12:00:00Z')).toBe(true);
    expect(between(bar, 'UTC', '2026-03-07T02:01:00Z', '2026-03-20T19:59:00Z')).toBe(false);
    expect(between(bar, 'UTC', '2026-03-07T02:01:00Z', '2026-03-20T20:01:00Z')).toBe(true);
    const year = Array.from({ length: 60 }, (_, day) =>
      new Date(Date.UTC(2026, 2, 3 + day)).toISOString().slice(0, 10),
    );
    expect(between(hours(every('09:00', '17:00'), year), 'UTC', '2026-03-02T18:00:00Z', '2026-04-30T12:00:00Z')).toBe(
      false,
    );
  });

  it('follows the clocks through the nights on which they change', () => {
    const night = hours([{ weekday: 7, opens: '04:00', closes: '05:00' }]);
    // Berlin, 2026-03-29: 04:00 is 02:00 UTC; a week before it was 03:00.
    expect(between(night, 'Europe/Berlin', '2026-03-29T00:00:00Z', '2026-03-29T01:59:00Z')).toBe(false);
    expect(between(night, 'Europe/Berlin', '2026-03-29T00:00:00Z', '2026-03-29T02:01:00Z')).toBe(true);
    expect(between(night, 'Europe/Berlin', '2026-03-22T00:00:00Z', '2026-03-22T02:59:00Z')).toBe(false);
  });

  it('is always so where it never closes', () => {
    const never = { ...hours([]), always: true };
    expect(between(never, 'UTC', '2026-03-02T04:00:00Z', '2026-03-02T04:00:00Z')).toBe(true);
    expect(between(hours([]), 'UTC', '2020-03-02T04:00:00Z', '2026-03-02T04:00:00Z')).toBe(false);
  });
});

describe('when a business opens or closes next', () => {
  const next = (given: BusinessHours, zone: string, at: string) =>
    nextChange(given, zone, new Date(at))?.toISOString() ?? null;
  const office = hours([1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '09:00', closes: '17:30' })));

  it('is told by its own clock', () => {
    // Friday 2026-03-06 in Istanbul, three hours ahead of UTC.
    expect(next(office, 'Europe/Istanbul', '2026-03-06T05:00:00Z')).toBe('2026-03-06T06:00:00.000Z');
    expect(next(office, 'Europe/Istanbul', '2026-03-06T06:00:00Z')).toBe('2026-03-06T14:30:00.000Z');
    // After the weekend.
    expect(next(office, 'Europe/Istanbul', '2026-03-06T14:30:00Z')).toBe('2026-03-09T06:00:00.000Z');
  });

  it('passes over holidays, lunch that is none, and the night that is an hour shorter', () => {
    expect(next({ ...office, holidays: ['2026-03-09', '2026-03-10'] }, 'UTC', '2026-03-06T18:00:00Z')).toBe(
      '2026-03-11T09:00:00.000Z',
    );
    const joined = hours([
      { weekday: 3, opens: '09:00', closes: '12:00' },
      { weekday: 3, opens: '12:00', closes: '02:00' },
      { weekday: 4, opens: '01:00', closes: '05:00' },
    ]);
    expect(next(joined, 'UTC', '2026-03-04T10:00:00Z')).toBe('2026-03-05T05:00:00.000Z');
    const sunday = hours([{ weekday: 7, opens: '09:00', closes: '10:00' }]);
    expect(next(sunday, 'Europe/Berlin', '2026-03-28T12:00:00Z')).toBe('2026-03-29T07:00:00.000Z');
  });

  it('is never, where it never changes, and not told where nobody would wait for it', () => {
    expect(next({ ...office, always: true }, 'UTC', '2026-03-06T05:00:00Z')).toBeNull();
    expect(next(hours([]), 'UTC', '2026-03-06T05:00:00Z')).toBeNull();
    expect(next(hours(every('00:00', '24:00')), 'UTC', '2026-03-06T05:00:00Z')).toBeNull();
    const season = Array.from({ length: 90 }, (_, day) =>
      new Date(Date.UTC(2026, 2, 7 + day)).toISOString().slice(0, 10),
    );
    expect(next({ ...office, holidays: season }, 'UTC', '2026-03-06T18:00:00Z')).toBeNull();
  });
});
