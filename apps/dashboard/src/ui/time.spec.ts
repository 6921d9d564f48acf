import { browserLanguages, calendarDay, countWords, regionOf, spanUntil } from './time.js';

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
    expect(regionOf('ar', ['en-GB', 'ar-EG'])).toBe('ar-EG-u-nu-latn');
  });

  it.each([
    [[]],
    [['']],
    [['C']],
    [['en-US@posix']],
    [['en_US.UTF-8']],
    [['en-']],
    [['en-x']],
    [['*']],
    [['en-US@posix', 'en']],
  ])('never gives what dates and numbers cannot be written in: %j', (wanted) => {
    for (const language of ['en', 'tr', 'ar']) {
      const region = regionOf(language, wanted);
      expect(new Intl.Locale(region).language).toBe(language);
      expect(new Intl.NumberFormat(region).format(7)).toBe('7');
    }
  });

  it('serves where the browser says nothing at all', () => {
    const said = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
    Object.defineProperty(globalThis, 'navigator', { value: {}, configurable: true });
    try {
      expect(browserLanguages()).toEqual([]);
      expect(regionOf('tr')).toBe('tr');
    } finally {
      if (said) Object.defineProperty(globalThis, 'navigator', said);
    }
  });
});

describe('days and counts', () => {
  it.each([
    ['tr', '22 Kas', '12.345'],
    ['ar', '22 نوفمبر', '12,345'],
  ])('%s: %s, %s', (language, day, count) => {
    expect(calendarDay('2026-11-22', language)).toBe(day);
    expect(countWords(12_345, language)).toBe(count);
  });
});
