import { regionOf, spanUntil } from './time.js';

describe('spanUntil', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['2026-01-01T00:00:30Z', { unit: 'minute', count: 1 }],
    ['2026-01-01T00:59:00Z', { unit: 'minute', count: 59 }],
    ['2026-01-01T23:30:00Z', { unit: 'hour', count: 23 }],
    ['2026-01-06T12:00:00Z', { unit: 'day', count: 5 }],
    ['2026-01-01T00:00:00Z', null],
    ['2025-12-31T00:00:00Z', null],
    ['nonsense', null],
  ])('%s: %j', (iso, span) => expect(spanUntil(iso, now)).toEqual(span));
});

describe('regionOf', () => {
  it('takes the browser’s variant of the chosen language', () => {
    expect(regionOf('en', ['tr-TR', 'en-GB'])).toBe('en-GB');
    expect(regionOf('tr', ['en-GB'])).toBe('tr');
  });
});
