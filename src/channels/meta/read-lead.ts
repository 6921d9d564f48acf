import { cleanText } from '../../platform/database/index.js';
import type { PlatformLead } from '../lead-ads.js';
import { type Json, isJson, maybeId } from '../wire/reading.js';

const mostAnswers = 200;
const mostValues = 50;
const longestValue = 5_000;

/** A lead as Graph gives it; null for what has no id. Whatever else is odd is left out: nobody is there to be told. */
export function readLead(body: Json): PlatformLead | null {
  const externalId = idIn(body, 'id');
  if (externalId === null) return null;
  const answers = listIn(body, 'field_data').slice(0, mostAnswers).flatMap(answerOf);
  return {
    externalId,
    at: timeIn(body['created_time']),
    formId: idIn(body, 'form_id'),
    adId: idIn(body, 'ad_id'),
    campaignId: idIn(body, 'campaign_id'),
    answers,
    consents: listIn(body, 'custom_disclaimer_responses').slice(0, mostAnswers).flatMap(consentOf),
    // So the platform's own tool fills a form in.
    test: answers.some(({ values }) => values.some((value) => value.startsWith('<test lead:'))),
  };
}

function answerOf(one: Json): PlatformLead['answers'][number][] {
  const name = one['name'];
  if (typeof name !== 'string' || name.trim() === '') return [];
  const given = Array.isArray(one['values']) ? (one['values'] as unknown[]) : [one['values']];
  const values = given
    .slice(0, mostValues)
    .filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    .map((value) => cleanText(String(value), longestValue));
  return [{ name: cleanText(name, longestValue), values }];
}

function consentOf(one: Json): PlatformLead['consents'][number][] {
  const [text, key] = [wordsIn(one, 'checkbox_text'), wordsIn(one, 'checkbox_key')];
  if (text === null && key === null) return [];
  const ticked = one['is_checked'];
  return [{ text, key, given: ticked === true || ticked === 1 || ticked === '1' || ticked === 'true' }];
}

/** The words of a form's boxes, by their keys. They stand with the form alone. */
export function readBoxes(form: Json): ReadonlyMap<string, string> {
  const { custom_disclaimer: disclaimer } = isJson(form['legal_content']) ? form['legal_content'] : ({} as Json);
  const boxes = isJson(disclaimer) ? listIn(disclaimer, 'checkboxes').slice(0, mostAnswers) : [];
  return new Map(
    boxes.flatMap((box) => {
      const [key, text] = [wordsIn(box, 'key'), wordsIn(box, 'text')];
      return key === null || text === null ? [] : [[key, text] as const];
    }),
  );
}

function wordsIn(parent: Json, name: string): string | null {
  const words = parent[name];
  return typeof words === 'string' && words.trim() !== '' ? cleanText(words, longestValue) : null;
}

function listIn(parent: Json, name: string): Json[] {
  const list = parent[name];
  return Array.isArray(list) ? (list as unknown[]).filter(isJson) : [];
}

function idIn(parent: Json, name: string): string | null {
  try {
    return maybeId(parent, name);
  } catch {
    return null;
  }
}

/** A time as Graph writes it, in words or in seconds; null for what is none. */
function timeIn(value: unknown): Date | null {
  const time =
    typeof value === 'number' ? value * 1_000 : Date.parse(String(value).replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isFinite(time) && Math.abs(time) < 8.64e15 ? new Date(time) : null;
}
