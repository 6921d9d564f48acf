import { daysBetween } from './days.js';

const at = (text: string) => new Date(text);
const starts = (from: string, to: string, zone: string) =>
  daysBetween(at(from), at(to), zone).map(({ key, start }) => `${key} ${start.toISOString().slice(0, 16)}`);

it.each([
  [
    'UTC',
    '2026-02-28T00:00:00Z',
    '2026-03-01T00:00:00.001Z',
    ['2026-02-28 2026-02-28T00:00', '2026-03-01 2026-03-01T00:00'],
  ],
  [
    'Asia/Kolkata',
    '2026-01-01T18:29:59Z',
    '2026-01-01T18:30:01Z',
    ['2026-01-01 2025-12-31T18:30', '2026-01-02 2026-01-01T18:30'],
  ],
  [
    'Europe/Berlin',
    '2026-03-28T12:00:00Z',
    '2026-03-30T12:00:00Z',
    ['2026-03-28 2026-03-27T23:00', '2026-03-29 2026-03-28T23:00', '2026-03-30 2026-03-29T22:00'],
  ],
  [
    'America/New_York',
    '2026-11-01T03:59:00Z',
    '2026-11-02T05:00:00Z',
    ['2026-10-31 2026-10-31T04:00', '2026-11-01 2026-11-01T04:00'],
  ],
  // There the clocks go forward at midnight: the day begins at one.
  ['Africa/Cairo', '2026-04-24T10:00:00Z', '2026-04-24T11:00:00Z', ['2026-04-24 2026-04-23T22:00']],
])('%s: days begin where a clock on the wall says so', (zone, from, to, expected) => {
  expect(starts(from, to, zone)).toEqual(expected);
});

it('has no gap and no overlap in any zone over 400 days', () => {
  for (const zone of ['Europe/Istanbul', 'America/Santiago', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Cairo']) {
    const days = daysBetween(at('2026-01-01T00:00:00Z'), at('2027-02-05T00:00:00Z'), zone);
    const hours = days
      .slice(1)
      .map(({ start }, index) => (start.getTime() - (days[index]?.start.getTime() ?? 0)) / 3_600_000);
    expect([zone, hours.filter((length) => length < 23 || length > 25)]).toEqual([zone, []]);
    expect(new Set(days.map(({ key }) => key)).size).toBe(days.length);
    expect(days.length).toBeGreaterThanOrEqual(400);
  }
});

it('knows a zone by its name alone', () => {
  for (const zone of ['', 'Nowhere/Town', "UTC'; drop"])
    expect(() => daysBetween(at('2026-01-01T00:00:00Z'), at('2026-01-02T00:00:00Z'), zone)).toThrow('time zone');
});
