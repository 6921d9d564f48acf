import type { TFunction } from 'i18next';
import { wordsOfValue } from '../contacts/custom-values.js';

/** What a question of a form was answered with. */
type AnswerValue = string | number | boolean | readonly string[];

/** The answers of a lead, as they are kept; what is none of them is left aside. */
export function answersOf(given: unknown): [string, AnswerValue][] {
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).filter((entry): entry is [string, AnswerValue] => isAnswer(entry[1]));
}

/** An answer as it is read. */
export function answerWords(value: AnswerValue, language: string, t: TFunction): string {
  return typeof value === 'object' ? value.join(', ') : wordsOfValue(value, language, t);
}

/** An answer as it stands in the field in which it is changed: of several each on a line of its own. */
export function typedAnswer(value: AnswerValue): string {
  return typeof value === 'object' ? value.join('\n') : String(value);
}

/** What was typed, in the kind that stood there before; null where it is none. */
export function answerFrom(typed: string, before: AnswerValue | null): AnswerValue | null {
  const text = typed.trim();
  if (text === '') return null;
  if (typeof before === 'object' && before !== null) return linesOf(text);
  if (typeof before === 'boolean') return text === 'true';
  if (typeof before !== 'number') return text;
  const number = Number(text);
  // What is no number any more is kept as it was written.
  return Number.isFinite(number) ? number : text;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function isAnswer(value: unknown): value is AnswerValue {
  if (Array.isArray(value)) return value.length > 0 && value.every((one) => typeof one === 'string');
  return ['string', 'number', 'boolean'].includes(typeof value);
}
