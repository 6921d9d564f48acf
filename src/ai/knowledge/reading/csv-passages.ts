import type { parse as Parse } from 'csv-parse/sync';
import type { PassageText } from '../split-text.js';
import { readingLimits } from './limits.js';
import { plainText } from './plain-lines.js';
import { Unreadable } from './unreadable.js';

const questions = /^(?:questions?|faq|soru(?:lar)?|sorular)$/iu;
const answers = /^(?:answers?|repl(?:y|ies)|cevap(?:lar)?|yan[ıi]t(?:lar)?)$/iu;
const longestRow = 4_000;

/** A table as passages: each row with the names of its columns, or, where it is a list of questions, each with its answer. */
export async function csvPassages(text: string): Promise<PassageText[]> {
  const { parse } = await import('csv-parse/sync');
  const rows = parseRows(parse, text);
  const [header, ...body] = rows;
  if (header === undefined) return [];
  const [question, answer] = [
    header.findIndex((name) => questions.test(name)),
    header.findIndex((name) => answers.test(name)),
  ];
  if (body.length > readingLimits.passages) throw new Unreadable('TOO_LONG', { most: String(readingLimits.passages) });
  if (question !== -1 && answer !== -1)
    return body.flatMap((row) => {
      const [asked, said] = [row[question] ?? '', row[answer] ?? ''];
      return asked === '' || said === '' ? [] : [{ heading: null, question: asked, text: said.slice(0, longestRow) }];
    });
  return (body.length === 0 ? [header] : body).map((row) => ({
    heading: null,
    question: null,
    text: row
      .map((value, index) =>
        value === '' || body.length === 0 || (header[index] ?? '') === '' ? value : `${header[index] ?? ''}: ${value}`,
      )
      .filter((words) => words !== '')
      .join('\n')
      .slice(0, longestRow),
  }));
}

function parseRows(parse: typeof Parse, text: string): string[][] {
  try {
    const rows = parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: 200_000,
      to: readingLimits.passages + 2,
    });
    return rows.map((row) => row.map((value) => plainText(value))).filter((row) => row.some((value) => value !== ''));
  } catch {
    throw new Unreadable('BROKEN');
  }
}

/** What its first line is cut by most often. */
function delimiterOf(text: string): string {
  const first = text.slice(0, 5_000).split('\n', 1)[0] ?? '';
  const counted = [',', ';', '\t', '|'].map((mark) => ({ mark, count: first.split(mark).length }));
  return counted.sort((a, b) => b.count - a.count)[0]?.mark ?? ',';
}
