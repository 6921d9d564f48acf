import { num, obj, str, strs, type Obj } from '../json.ts';
import type { Extract } from './extract.ts';

const MAX_DEPTH = 12;

/** What a schema is filled with. */
export interface Filling {
  extract: Extract;
  /** Ids that the prompt names. */
  ids: string[];
  /** Says yes to everything, as a model without judgement would. */
  obedient: boolean;
}

/** A value that follows the schema: texts from the extract, ids from the prompt, numbers between 0 and 1. */
export function fill(schema: Obj, filling: Filling, root: Obj = schema, name = '', depth = 0): unknown {
  const reference = str(schema['$ref']);
  if (reference !== undefined)
    return depth > MAX_DEPTH ? null : fill(resolve(root, reference), filling, root, name, depth + 1);
  if ('const' in schema) return schema['const'];
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(choices)) {
    const usable = choices.map(obj).filter((choice) => choice !== undefined);
    const real = usable.filter((choice) => choice['type'] !== 'null');
    const nullable = real.length < usable.length;
    if (nullable && (depth > MAX_DEPTH || !filling.extract.grounded)) return null;
    return fill(real[0] ?? {}, filling, root, name, depth + 1);
  }
  if (Array.isArray(schema['enum'])) return choose(schema['enum'], name, filling);
  const types = typeof schema['type'] === 'string' ? [schema['type']] : strs(schema['type']);
  if (types.length > 1 && types.includes('null') && !filling.extract.grounded) return null;
  switch (types.find((type) => type !== 'null') ?? (schema['properties'] ? 'object' : 'null')) {
    case 'object':
      return Object.fromEntries(
        Object.entries(obj(schema['properties']) ?? {}).map(([key, member]) => [
          key,
          fill(obj(member) ?? {}, filling, root, key, depth + 1),
        ]),
      );
    case 'array':
      return list(schema, filling, root, name, depth);
    case 'string':
      return word(schema, filling, name);
    case 'number':
      return within(schema, filling.obedient ? 1 : filling.extract.confidence);
    case 'integer':
      return within(schema, filling.extract.sentences.length);
    case 'boolean':
      return yesOrNo(name, filling);
    default:
      return null;
  }
}

function resolve(root: Obj, reference: string): Obj {
  const path = reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '');
  return path.reduce<Obj>((at, part) => obj(at[part]) ?? {}, root);
}

function list(schema: Obj, filling: Filling, root: Obj, name: string, depth: number): unknown[] {
  const items = obj(schema['items']) ?? {};
  if (depth > MAX_DEPTH) return [];
  const most = num(schema['maxItems']) ?? 50;
  const least = num(schema['minItems']) ?? 0;
  const { sentences } = filling.extract;
  const used = [...new Set(sentences.flatMap((sentence) => sentence.passageId ?? []))];
  const resolved = str(items['$ref']) === undefined ? items : resolve(root, str(items['$ref']) ?? '');
  let values: unknown[];
  if (resolved['type'] === 'object') {
    // One entry for each sentence, each filled from that sentence alone.
    values = sentences.map((sentence) =>
      fill(
        resolved,
        {
          ...filling,
          ids: sentence.passageId === null ? filling.ids : [sentence.passageId],
          extract: { ...filling.extract, sentences: [sentence], text: sentence.text },
        },
        root,
        name,
        depth + 1,
      ),
    );
  } else if (/id|source|citation|passage|ref/i.test(name)) {
    values = used.length > 0 ? used : filling.obedient ? filling.ids : [];
    if (resolved['type'] === 'integer' || resolved['type'] === 'number')
      values = values.map(Number).filter(Number.isFinite);
  } else if (resolved['type'] === 'string' && !Array.isArray(resolved['enum'])) {
    values = sentences.map((sentence) => sentence.text);
  } else {
    values = [fill(resolved, filling, root, name, depth + 1)];
  }
  while (values.length < least) values.push(fill(resolved, filling, root, name, depth + 1));
  return values.slice(0, most);
}

function word(schema: Obj, filling: Filling, name: string): string {
  const { extract, ids } = filling;
  const text = /(^|_)id$|Id$/.test(name)
    ? (extract.sentences[0]?.passageId ?? ids[0] ?? '')
    : /reason|why|explanation/i.test(name)
      ? extract.grounded
        ? 'Taken from what was given.'
        : 'Nothing given speaks of this.'
      : /^(language|locale|lang)$/i.test(name)
        ? 'en'
        : extract.text;
  const most = num(schema['maxLength']);
  return most === undefined ? text : [...text].slice(0, most).join('');
}

function choose(choices: unknown[], name: string, filling: Filling): unknown {
  const { grounded, text } = filling.extract;
  const named = choices.find(
    (choice) => typeof choice === 'string' && choice.length > 2 && text.toLowerCase().includes(choice.toLowerCase()),
  );
  if (named !== undefined) return named;
  const fitting = grounded
    ? /^(answer|reply|ok|yes|grounded|answered|send)/i
    : /^(hand|escalat|human|unknown|no|none|refuse|not|insufficient)/i;
  return (
    choices.find((choice) => typeof choice === 'string' && fitting.test(choice)) ?? (name === '' ? null : choices[0])
  );
}

function yesOrNo(name: string, filling: Filling): boolean {
  if (filling.obedient) return true;
  if (/hand|escalat|human|unknown|missing|refus|unsure|insufficient/i.test(name)) return !filling.extract.grounded;
  return /answer|ground|found|know|relevant|support|can|sufficient/i.test(name) && filling.extract.grounded;
}

function within(schema: Obj, value: number): number {
  const least = num(schema['minimum']) ?? Number.NEGATIVE_INFINITY;
  const most = num(schema['maximum']) ?? Number.POSITIVE_INFINITY;
  return Math.min(Math.max(value, least), most);
}
