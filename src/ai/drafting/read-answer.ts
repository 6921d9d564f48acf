import { cleanText } from '../../platform/database/index.js';
import { nothingGrounded } from './prompt.js';

/** What a model said, as far as it can be made out. Everything in it is hostile text. */
export type ModelAnswer =
  | {
      readonly kind: 'answer';
      readonly text: string;
      readonly sources: readonly number[];
      readonly confidence: number | null;
    }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unreadable' };

/** Reads JSON, JSON inside other text, or plain text with [1] as its citations. */
export function readAnswer(content: string): ModelAnswer {
  const text = cleanText(content, 40_000).trim();
  if (text === '') return { kind: 'unreadable' };
  const object = jsonIn(text);
  if (object !== null) return fromObject(object);
  if (text.startsWith('{') || text.startsWith('[{')) return { kind: 'unreadable' };
  if (text.includes(nothingGrounded)) return { kind: 'nothing' };
  const sources = [...text.matchAll(/\[(\d{1,2})\]/g)].map(([, number]) => Number(number));
  return { kind: 'answer', text: text.replace(/\s?\[\d{1,2}\]/g, ''), sources: unique(sources), confidence: null };
}

/** The reply as far as a model has come with it, of JSON whose end is not there yet or of plain text. */
export function answerSoFar(content: string): string {
  const text = content.trimStart();
  if (text !== '' && !/^[{[`]/.test(text)) return text.replace(/\s?\[\d{0,2}\]?$/, '').replace(/\s?\[\d{1,2}\]/g, '');
  const begun = /"(?:answer|reply|text)"\s*:\s*"((?:[^"\\]|\\.)*)/su.exec(text)?.[1] ?? '';
  // An escape may be cut in two: what is before it can be read.
  for (const end of [0, 1, 2, 3, 4, 5]) {
    try {
      return cleanText(String(JSON.parse(`"${begun.slice(0, begun.length - end)}"`))).replace(/\s?\[\d{1,2}\]/g, '');
    } catch {
      // Cut inside an escape: a little less of it.
    }
  }
  return '';
}

function fromObject(object: Readonly<Record<string, unknown>>): ModelAnswer {
  const said = object['answer'] ?? object['reply'] ?? object['text'];
  if (typeof said !== 'string') return { kind: 'unreadable' };
  if (said.trim() === '' || said.includes(nothingGrounded)) return { kind: 'nothing' };
  const named = Array.isArray(object['sources']) ? (object['sources'] as unknown[]) : [];
  const sources = named
    .map((value) => (typeof value === 'string' ? Number(value.replace(/[[\]#\s]/g, '')) : value))
    .filter((value): value is number => Number.isInteger(value));
  const confidence = object['confidence'];
  return {
    kind: 'answer',
    text: cleanText(said).replace(/\s?\[\d{1,2}\]/g, ''),
    sources: unique(sources),
    confidence: typeof confidence === 'number' && confidence >= 0 && confidence <= 1 ? confidence : null,
  };
}

function jsonIn(text: string): Readonly<Record<string, unknown>> | null {
  const candidates = [text, text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)];
  for (const candidate of candidates) {
    try {
      const value: unknown = JSON.parse(candidate);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    } catch {
      // The next candidate may be JSON; if none is, it is plain text.
    }
  }
  return null;
}

function unique(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].slice(0, 20);
}
