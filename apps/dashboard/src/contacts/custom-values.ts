import type { TFunction } from 'i18next';
import { safeHref } from '../ui/safe-text.js';
import { fullDate, regionOf } from '../ui/time.js';

export const fieldKinds = ['text', 'number', 'date', 'yesNo', 'link'] as const;
export type FieldKind = (typeof fieldKinds)[number];
export type FieldValue = string | number | boolean;

/** What a contact's own fields hold. The server keeps texts, numbers, yes and no; days and links are texts that look like it. */
export function fieldsOf(given: unknown): [string, FieldValue][] {
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).filter((entry): entry is [string, FieldValue] =>
    ['string', 'number', 'boolean'].includes(typeof entry[1]),
  );
}

export function kindOf(value: FieldValue): FieldKind {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'yesNo';
  if (isDay(value)) return 'date';
  return isLink(value) ? 'link' : 'text';
}

/** What was typed as a value of its kind; null where it is none. */
export function valueOf(kind: FieldKind, typed: string): FieldValue | null {
  const text = typed.trim();
  if (kind === 'yesNo') return text === 'yes';
  if (kind === 'text') return typed;
  if (kind === 'date') return isDay(text) ? text : null;
  if (kind === 'link') return isLink(text) ? text : null;
  const number = Number(text);
  return text !== '' && Number.isFinite(number) ? number : null;
}

/** A value as it is read, wherever it stands. */
export function wordsOfValue(value: FieldValue, language: string, t: TFunction): string {
  switch (kindOf(value)) {
    case 'number':
      return new Intl.NumberFormat(regionOf(language), { maximumFractionDigits: 20 }).format(Number(value));
    case 'yesNo':
      return t(value === true ? 'customer.yes' : 'customer.no');
    case 'date':
      return fullDate(`${String(value)}T00:00:00`, language);
    default:
      return String(value);
  }
}

/** A value as it stands in the field where it is changed. */
export function typedOf(value: FieldValue): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isLink(text: string): boolean {
  return /^(?:https?:\/\/|mailto:|tel:)\S+$/iu.test(text) && safeHref(text) !== null;
}
