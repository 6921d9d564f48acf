import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { rawJson } from './raw-json.js';
import { Random, seedOf } from './seed.js';
import { oddTexts, wrongKinds } from './bad-values.js';
import { textPlaces, withText } from './graphql-strings.js';
import { TestClient } from '../support/client.js';

const printed = readFileSync(path.join(import.meta.dirname, '..', '..', 'schema.graphql'), 'utf8');
// Long enough to be too long anywhere, and short enough to be taken as a request.
const texts = Object.entries(oddTexts).map(([name, text]) => [name, text.slice(0, 150_000)] as const);

/** What came of bad text in every place, for the report. */
export interface StringsTally {
  readonly places: number;
  readonly sent: number;
  readonly codes: Readonly<Record<string, number>>;
  /** What the server called its own fault, or answered in no way that a client understands. */
  readonly faults: readonly string[];
}

/** Puts so many bad values into every place for text, one at a time, as somebody who may do everything. */
export async function sendStrings(url: string, each: number): Promise<StringsTally> {
  const random = new Random(seedOf('GraphQL strings'));
  const places = textPlaces(printed);
  const codes: Record<string, number> = {};
  const faults: string[] = [];
  let client = await TestClient.signedUp(url);
  for (const { operation, path } of places) {
    for (let tried = 0; tried < each; tried += 1) {
      const [name, value] = random.chance(0.85)
        ? random.pick(texts)
        : (['wrong kind', random.pick(wrongKinds)] as const);
      const variables = withText(
        operation.variables(({ path: at }) => (/ids?$/i.test(at.at(-1) ?? '') ? randomUUID() : 'some words')),
        path,
        value,
      );
      const body = `{"query":${JSON.stringify(operation.document)},"variables":${rawJson(variables)}}`;
      const what = `${operation.name} ${path.join('.')}: ${name}`;
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...client.headers() },
        body,
      }).catch(() => null);
      const text = (await response?.text()) ?? '';
      const errors = /"errors":/.test(text)
        ? (JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] }).errors
        : [];
      const code =
        errors?.[0]?.extensions?.code ?? (response?.status === 200 ? 'done' : `HTTP ${String(response?.status)}`);
      codes[code] = (codes[code] ?? 0) + 1;
      if (response === null || response.status >= 500 || code === 'INTERNAL') faults.push(`${code} ${what}`);
      if (text.includes('\u0000') || !text.isWellFormed()) faults.push(`malformed ${what}`);
      if (/\bat \/|node_modules|\bselect \b.*\bfrom\b|Did you mean/.test(text)) faults.push(`tells too much ${what}`);
      // An operation may have ended the session; the next is somebody else's.
      if (code === 'UNAUTHENTICATED') client = await TestClient.signedUp(url);
    }
  }
  return { places: places.length, sent: places.length * each, codes, faults };
}
