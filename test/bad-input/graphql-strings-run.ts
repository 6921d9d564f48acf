import { readFileSync } from 'node:fs';
import path from 'node:path';
import { argumentClasses } from '../isolation/argument-classes.js';
import type { Place } from '../isolation/operations.js';
import type { FurnishedInbox } from '../isolation/two-inboxes.js';
import { oddTexts, wrongKinds } from './bad-values.js';
import { type TextPlace, textPlaces, withText } from './graphql-strings.js';
import { rawJson } from './raw-json.js';
import { isShown, readBack } from './read-back.js';
import { Random, seedOf } from './seed.js';

const printed = readFileSync(path.join(import.meta.dirname, '..', '..', 'schema.graphql'), 'utf8');
// Long enough to be too long anywhere, and short enough to be taken as a request.
const texts = Object.entries(oddTexts).map(([name, text]) => [name, text.slice(0, 150_000)] as const);

/** What came of bad text in every place, for the report. */
export interface StringsTally {
  readonly places: number;
  readonly sent: number;
  readonly codes: Readonly<Record<string, number>>;
  /** How often text that was taken was read again, by place. */
  readonly compared: Readonly<Record<string, number>>;
  /** What the server called its own fault, answered in no way that a client understands, or keeps otherwise than it was. */
  readonly faults: readonly string[];
}

interface Tried {
  readonly name: string;
  readonly value: unknown;
  /** The text, where it can be told from every other that was sent. */
  readonly marked: string | null;
}

/** Puts so many bad values into every place for text, one at a time, as somebody who may do everything, with ids that are theirs. */
export async function sendStrings(url: string, { client, ids }: FurnishedInbox, each: number): Promise<StringsTally> {
  const random = new Random(seedOf('GraphQL strings'));
  const places = textPlaces(printed);
  const codes: Record<string, number> = {};
  const compared: Record<string, number> = {};
  const faults: string[] = [];
  let number = 0;
  for (const place of places) {
    const { operation } = place;
    const isRead =
      operation.root === 'mutation' && argumentClasses[place.coordinate] === 'words' && isShown(place.coordinate);
    if (isRead) compared[place.coordinate] ??= 0;
    for (let tried = 0; tried < each; tried += 1) {
      const { name, value, marked } = pick(random, place, isRead, (number += 1));
      // Whatever is made of the same ids, each call is another: a key that came before would change nothing.
      const other = `word-${String(number)}`;
      const variables = withText(
        completed(place, other, ({ kind }) => ids[kind?.slice('id of '.length) as keyof typeof ids] ?? other),
        place.path,
        value,
      );
      const what = `${operation.name} ${place.path.join('.')}: ${name}`;
      const { status, text } = await send(url, client.headers(), operation.document, rawJson(variables));
      const errors = /"errors":/.test(text)
        ? (JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] }).errors
        : [];
      const code = errors?.[0]?.extensions?.code ?? (status === 200 ? 'done' : `HTTP ${String(status)}`);
      codes[code] = (codes[code] ?? 0) + 1;
      if (status === 0 || status >= 500 || code === 'INTERNAL') faults.push(`${code} ${what}`);
      if (text.includes('\u0000') || !text.isWellFormed()) faults.push(`malformed ${what}`);
      if (/\bat \/|node_modules|\bselect \b.*\bfrom\b|Did you mean/.test(text)) faults.push(`tells too much ${what}`);
      if (code === 'done' && marked !== null) {
        compared[place.coordinate] = (compared[place.coordinate] ?? 0) + 1;
        const wrong = await readBack(client, ids, place.coordinate, marked);
        if (wrong !== null) faults.push(`${what} ${wrong}`);
      }
    }
  }
  return { places: places.length, sent: places.length * each, codes, compared, faults };
}

/** The variables of an operation with all that has to stand beside a place; where a choice decides what that is, one that takes text. */
function completed(
  { operation, path: place }: TextPlace,
  words: string,
  valueFor: (place: Place) => unknown,
): Record<string, unknown> {
  const name = place.filter((step) => step !== '0').join('.');
  const wanted = operation.places.find((one) => one.path.join('.') === name);
  const variables = operation.variables(valueFor, wanted);
  const input = variables['input'] as Record<string, unknown>;
  switch (operation.name) {
    case 'addKnowledge':
      return { input: { ...input, kind: 'TEXT', text: words } };
    case 'createContactForm':
      // Words are no domains and no times of day.
      return { ...variables, allowedDomains: ['shop.example'] };
    case 'createLead':
      return { input: { ...input, name: words } };
    case 'createWebChat':
      return { input: { ...input, allowedDomains: ['shop.example'] } };
    case 'openPrivacyRequest':
      // What stands in the subject is tried alone: there it is all that somebody is found by.
      return name.startsWith('input.subject.') ? variables : { input: { ...input, subject: { handle: words } } };
    case 'saveContactField':
      return { ...variables, choices: [words] };
    case 'updateWorkspace':
      return name === 'input.businessHours.awayMessage'
        ? { input: { ...input, businessHours: { always: true, week: [], holidays: [] } } }
        : variables;
    default:
      return variables;
  }
}

function pick(random: Random, { type }: TextPlace, isRead: boolean, number: number): Tried {
  if (!random.chance(0.85)) return { name: 'wrong kind', value: random.pick(wrongKinds), marked: null };
  const [name, text] = random.pick(texts);
  if (!isRead || random.chance(0.25)) return { name, value: text, marked: null };
  const marked = `w${String(number)}-${text}`;
  return { name, value: type === 'JSON' ? { words: marked } : marked, marked };
}

async function send(url: string, headers: Record<string, string>, query: string, variables: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
  }).catch(() => null);
  return { status: response?.status ?? 0, text: (await response?.text()) ?? '' };
}
