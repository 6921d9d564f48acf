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

/** The browser's own variant of the chosen language: English is written with other dates and hours in each country. */
export function regionOf(language: string, wanted: readonly string[] = navigator.languages): string {
  return wanted.find((tag) => tag.split('-')[0] === language) ?? language;
}

function format(date: Date, language: string, options: Intl.DateTimeFormatOptions): string {
  return Number.isNaN(date.getTime()) ? '' : new Intl.DateTimeFormat(regionOf(language), options).format(date);
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
  return new Intl.NumberFormat(language, { style: 'unit', unit: span.unit, unitDisplay: 'long' }).format(span.count);
}
