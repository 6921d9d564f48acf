import { obj, objs, str, type Obj } from '../json.ts';

/** A piece of given knowledge with the name under which the prompt gives it. */
export interface Passage {
  id: string;
  text: string;
}

/** A request as a model would see it, whichever endpoint it came to. */
export interface Prompt {
  /** What the last user message asks. */
  question: string;
  /** Everything before that. */
  context: string;
  /** The whole of it, for a model that gives away what it was told. */
  everything: string;
  passages: Passage[];
  /** The JSON schema that the answer must follow. */
  schema?: Obj;
  /** Any JSON object will do. */
  jsonObject: boolean;
  maxTokens?: number;
}

interface Turn {
  role: string;
  text: string;
}

/** Reads a chat completion or Responses request. */
export function promptOf(body: Obj): Prompt {
  const instructions = str(body['instructions']);
  const input = body['messages'] ?? body['input'];
  const turns: Turn[] = [
    ...(instructions === undefined ? [] : [{ role: 'system', text: instructions }]),
    ...(typeof input === 'string'
      ? [{ role: 'user', text: input }]
      : objs(input).map((item) => ({ role: str(item['role']) ?? 'user', text: textOf(item['content']) }))),
  ];
  const lastUser = turns.findLastIndex((turn) => turn.role === 'user');
  const last = turns[lastUser]?.text ?? '';
  const others = turns.filter((_, index) => index !== lastUser).map((turn) => turn.text);
  const { question, rest } = splitQuestion(last);
  const format = obj(body['response_format']) ?? obj(obj(body['text'])?.['format']);
  const schema = obj(obj(format?.['json_schema'])?.['schema']) ?? obj(format?.['schema']);
  const limit = Number(body['max_output_tokens'] ?? body['max_completion_tokens'] ?? body['max_tokens'] ?? Number.NaN);
  const context = [...others, rest].filter((text) => text !== '').join('\n');
  return {
    question,
    context,
    everything: turns.map((turn) => turn.text).join('\n'),
    passages: passagesOf(context),
    jsonObject: format?.['type'] === 'json_object',
    ...(schema && { schema }),
    ...(limit > 0 && { maxTokens: limit }),
  };
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return objs(content)
    .map((part) => str(part['text']) ?? '')
    .join('\n');
}

/** A last message that also holds the passages ends with the question. */
function splitQuestion(text: string): { question: string; rest: string } {
  const marked = /<(question|customer_message|message|user_message|query)\b[^>]*>([\s\S]*?)<\/\1>/i.exec(text);
  if (marked) return { question: (marked[2] ?? '').trim(), rest: text.replace(marked[0], '') };
  const asked = /(?:^|\n)\s*(?:question|customer|message|user)\s*:\s*([^\n]+)\s*$/i.exec(text);
  if (asked) return { question: (asked[1] ?? '').trim(), rest: text.slice(0, asked.index) };
  if (passagesOf(text).length === 0) return { question: text.trim(), rest: '' };
  const withoutPassages = TAGGED.reduce((left, pattern) => left.replace(pattern, ''), text);
  const lines = withoutPassages.split('\n').filter((line) => line.trim() !== '' && !/^\s*\[[\w:.-]+\]/.test(line));
  const question = (lines.findLast((line) => line.includes('?')) ?? lines.at(-1) ?? text).trim();
  return { question, rest: text.replace(question, '') };
}

const TAGGED = [/<(passage|source|document|chunk|snippet|excerpt)\b([^>]*)>([\s\S]*?)<\/\1>/gi];

/** The passages of a prompt, in any of the usual dresses: tags, JSON, or lines that begin with [id]. */
export function passagesOf(text: string): Passage[] {
  const found: Passage[] = [];
  const add = (id: string | undefined, passage: string) => {
    if (passage.trim() !== '') found.push({ id: id ?? String(found.length + 1), text: passage.trim() });
  };
  for (const pattern of TAGGED) {
    for (const [, , attributes = '', inner = ''] of text.matchAll(pattern)) {
      add(/\b(?:id|n|index|ref)\s*=\s*["']?([\w:.-]+)/i.exec(attributes)?.[1], inner.replace(/<[^>]+>/g, ' '));
    }
  }
  if (found.length > 0) return found;
  for (const block of jsonBlocks(text)) walk(block, add);
  if (found.length > 0) return found;
  for (const [, id, inner = ''] of text.matchAll(
    /(?:^|\n)[ \t]*\[([\w:.-]{1,64})\][ \t]*([^\n]+(?:\n(?![ \t]*\[|\s*\n)[^\n]+)*)/g,
  ))
    add(id, inner);
  return found;
}

/** Lines or whole texts that are JSON. */
function jsonBlocks(text: string): unknown[] {
  const candidates = [text, ...text.split('\n')]
    .map((part) => part.trim())
    .filter((part) => /^[[{].*[\]}]$/s.test(part));
  for (const candidate of candidates) {
    try {
      return [JSON.parse(candidate)];
    } catch {
      // Not JSON after all: the next candidate may be.
    }
  }
  return [];
}

function walk(value: unknown, add: (id: string | undefined, text: string) => void): void {
  if (Array.isArray(value)) return value.forEach((item) => walk(item, add));
  const object = obj(value);
  if (!object) return;
  const text = str(object['text']) ?? str(object['content']) ?? str(object['body']) ?? str(object['passage']);
  if (text !== undefined) return add(str(object['id']) ?? str(object['passageId']), text);
  for (const member of Object.values(object)) walk(member, add);
}
