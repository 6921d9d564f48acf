import { useEffect, useState } from 'react';

/** The time, renewed often enough for what is shown with it. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** Short time for lists: the hour today, the weekday this week, else the date. */
export function shortTime(iso: string, language: string, now: number): string {
  const date = new Date(iso);
  const age = now - date.getTime();
  if (Number.isNaN(age)) return '';
  if (new Date(now).toDateString() === date.toDateString())
    return format(date, language, { hour: '2-digit', minute: '2-digit' });
  if (age < 6 * 86_400_000 && age > 0) return format(date, language, { weekday: 'short' });
  return format(date, language, { day: 'numeric', month: 'short' });
}

export function clockTime(iso: string, language: string): string {
  return format(new Date(iso), language, { hour: '2-digit', minute: '2-digit' });
}

export function dayName(iso: string, language: string): string {
  return format(new Date(iso), language, { weekday: 'long', day: 'numeric', month: 'long' });
}

export function fullTime(iso: string, language: string): string {
  return format(new Date(iso), language, { dateStyle: 'medium', timeStyle: 'short' });
}

/** The day alone. */
export function fullDate(iso: string, language: string): string {
  return format(new Date(iso), language, { dateStyle: 'long' });
}

/** A day of a calendar, such as 2026-11-22, wherever its midnight is. */
export function calendarDay(day: string, language: string): string {
  return format(new Date(`${day}T00:00:00Z`), language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

/** How many, in the reader's digits. */
export function countWords(count: number, language: string): string {
  const name = formatName(language);
  const known = numbers.get(name) ?? new Intl.NumberFormat(regionOf(language));
  numbers.set(name, known);
  return known.format(count);
}

/** The browser's own variant of the chosen language: English is written with other dates and hours in each country. */
export function regionOf(language: string, wanted: readonly string[] = browserLanguages()): string {
  const region = wanted.find((tag) => tag.split('-')[0] === language && isTag(tag)) ?? language;
  // Names, ids and amounts that stand beside them are in these digits anyway: one page, one kind of digits.
  return language === 'ar' ? `${region}-u-nu-latn` : region;
}

/** What the browser says that its person reads. Some say nothing at all. */
export function browserLanguages(): readonly string[] {
  const { languages }: { languages?: readonly string[] } = navigator;
  return languages ?? [];
}

/** Whether it names a language as pages do. A system's own name for one (`en-US@posix`, `C`) makes `Intl` throw. */
function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

// Making one costs a browser half a millisecond, and a screen shows a hundred times.
const formats = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

/** What a writing hangs on: the language of the page, and the browser's, which tell its country. */
function formatName(language: string, options?: Intl.DateTimeFormatOptions): string {
  return `${language} ${browserLanguages().join()} ${options ? JSON.stringify(options) : ''}`;
}

function format(date: Date, language: string, options: Intl.DateTimeFormatOptions): string {
  if (Number.isNaN(date.getTime())) return '';
  const name = formatName(language, options);
  const known = formats.get(name) ?? new Intl.DateTimeFormat(regionOf(language), options);
  formats.set(name, known);
  return known.format(date);
}

export interface Span {
  unit: 'minute' | 'hour' | 'day';
  count: number;
}

/** A span in the largest unit that still says something; never below a minute. */
export function spanUntil(iso: string, now: number): Span | null {
  const minutes = Math.ceil((Date.parse(iso) - now) / 60_000);
  if (!(minutes > 0)) return null;
  if (minutes < 60) return { unit: 'minute', count: minutes };
  if (minutes < 48 * 60) return { unit: 'hour', count: Math.floor(minutes / 60) };
  return { unit: 'day', count: Math.floor(minutes / 1440) };
}

export function spanWords(span: Span, language: string): string {
  return new Intl.NumberFormat(regionOf(language), { style: 'unit', unit: span.unit, unitDisplay: 'long' }).format(
    span.count,
  );
}
