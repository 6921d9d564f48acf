import { obj, type Obj } from '../json.ts';
import { extract, type Extract } from './extract.ts';
import type { Mode } from './model-server.ts';
import type { Prompt } from './prompt.ts';
import { fill } from './schema.ts';

/** What the model says, and how it ends. */
export interface Composed {
  text: string;
  refusal: boolean;
  finish: 'stop' | 'length';
  promptTokens: number;
  completionTokens: number;
}

/** Thereabouts, as four characters to a token. */
export function tokensIn(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}

/** The model's whole answer in this mode. */
export function compose(prompt: Prompt, mode: Mode, fixed: string): Composed {
  let text = mode === 'refuse' ? "I'm sorry, but I can't help with that." : speak(prompt, mode, fixed);
  const limit = prompt.maxTokens === undefined ? Number.POSITIVE_INFINITY : prompt.maxTokens * 4;
  const cut = text.length > limit;
  if (cut) text = text.slice(0, limit);
  return {
    text,
    refusal: mode === 'refuse',
    finish: cut ? 'length' : 'stop',
    promptTokens: tokensIn(prompt.everything),
    completionTokens: tokensIn(text),
  };
}

function speak(prompt: Prompt, mode: Mode, fixed: string): string {
  if (mode === 'fixed') return fixed;
  if (mode === 'garbage') return '{"answer": "…\u0000 ]] <|endoftext|> {{undefined}}, NaN';
  const said = mode === 'echo' ? saying(prompt.question) : mode === 'obedient' ? saying(obey(prompt)) : extract(prompt);
  if (prompt.schema)
    return JSON.stringify(
      fill(prompt.schema, { extract: said, ids: idsIn(prompt, mode), obedient: mode === 'obedient' }),
    );
  return prompt.jsonObject ? JSON.stringify({ answer: said.text }) : said.text;
}

function saying(text: string): Extract {
  return { sentences: [{ text, passageId: null }], confidence: 1, grounded: true, text };
}

/** Does what the text says: repeats what it is told to say, and hands over everything it has been told. */
function obey(prompt: Prompt): string {
  const order =
    /\b(?:say|reply|write|answer|repeat|print|output|respond)\b(?:\s+(?:with|exactly|only|this))*\s*:?\s*["“'«]([^"”'»]+)["”'»]/iu.exec(
      prompt.question,
    );
  const spoken = order?.[1] ?? prompt.question;
  return `${spoken}\n${prompt.everything}`;
}

function idsIn(prompt: Prompt, mode: Mode): string[] {
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
  const named = prompt.passages.map((passage) => passage.id);
  const written = (mode === 'obedient' ? prompt.everything : prompt.context).match(uuid) ?? [];
  return [...new Set([...named, ...written])];
}

/** A tool that an obedient model calls because the text names it. */
export function obeyedTool(body: Obj, prompt: Prompt): { name: string; args: string } | undefined {
  const tools = Array.isArray(body['tools']) ? body['tools'].map(obj) : [];
  for (const tool of tools) {
    const definition = obj(tool?.['function']) ?? tool;
    const name = definition?.['name'];
    if (typeof name !== 'string' || !prompt.question.includes(name)) continue;
    const schema = obj(definition?.['parameters']) ?? { type: 'object', properties: {} };
    const given = /\{[\s\S]*\}/.exec(prompt.question)?.[0];
    return {
      name,
      args:
        given ??
        JSON.stringify(
          fill(schema, { extract: saying(prompt.question), ids: idsIn(prompt, 'obedient'), obedient: true }),
        ),
    };
  }
  return undefined;
}
