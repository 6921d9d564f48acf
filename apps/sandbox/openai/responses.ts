import { randomBytes } from 'node:crypto';
import { str, type Obj } from '../json.ts';
import { pieces } from './chat.ts';
import type { Composed } from './composing.ts';

const newId = (prefix: string) => `${prefix}_${randomBytes(16).toString('hex')}`;

/** An answer of the Responses API in one piece. */
export function responseObject(body: Obj, answer: Composed, tool?: { name: string; args: string }): Obj {
  const output = tool
    ? [
        {
          type: 'function_call',
          id: newId('fc'),
          call_id: newId('call'),
          name: tool.name,
          arguments: tool.args,
          status: 'completed',
        },
      ]
    : [messageItem(newId('msg'), answer)];
  return {
    ...shell(body, newId('resp')),
    ...ended(answer),
    output,
    ...(!tool && !answer.refusal && { output_text: answer.text }),
  };
}

/** The same as events. */
export function responseStream(body: Obj, answer: Composed): { events: string[]; terminal: string[] } {
  const empty = shell(body, newId('resp'));
  const itemId = newId('msg');
  const place = { item_id: itemId, output_index: 0, content_index: 0 };
  const kind = answer.refusal ? 'refusal' : 'output_text';
  const part = (text: string) => partOf(answer.refusal, text);
  let sequence = 0;
  const event = (type: string, facts: Obj) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...facts })}\n\n`;
  const events = [
    event('response.created', { response: empty }),
    event('response.in_progress', { response: empty }),
    event('response.output_item.added', {
      output_index: 0,
      item: { id: itemId, type: 'message', status: 'in_progress', role: 'assistant', content: [] },
    }),
    event('response.content_part.added', { ...place, part: part('') }),
    ...pieces(answer.text).map((delta) =>
      event(`response.${kind}.delta`, { ...place, delta, ...(!answer.refusal && { logprobs: [] }) }),
    ),
  ];
  const item = messageItem(itemId, answer);
  const terminal = [
    event(`response.${kind}.done`, { ...place, [answer.refusal ? 'refusal' : 'text']: answer.text }),
    event('response.content_part.done', { ...place, part: part(answer.text) }),
    event('response.output_item.done', { output_index: 0, item }),
    event(answer.finish === 'length' ? 'response.incomplete' : 'response.completed', {
      response: { ...empty, ...ended(answer), output: [item] },
    }),
  ];
  return { events, terminal };
}

function shell(body: Obj, id: string): Obj {
  return {
    id,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status: 'in_progress',
    model: str(body['model']) ?? 'sandbox',
    output: [],
    instructions: body['instructions'] ?? null,
    error: null,
    incomplete_details: null,
    metadata: body['metadata'] ?? {},
    parallel_tool_calls: true,
    store: body['store'] ?? true,
    temperature: body['temperature'] ?? 1,
    text: body['text'] ?? { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: body['tools'] ?? [],
    top_p: 1,
    usage: null,
  };
}

function ended(answer: Composed): Obj {
  return {
    status: answer.finish === 'length' ? 'incomplete' : 'completed',
    incomplete_details: answer.finish === 'length' ? { reason: 'max_output_tokens' } : null,
    usage: {
      input_tokens: answer.promptTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: answer.completionTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: answer.promptTokens + answer.completionTokens,
    },
  };
}

function messageItem(id: string, answer: Composed): Obj {
  const status = answer.finish === 'length' ? 'incomplete' : 'completed';
  return { id, type: 'message', status, role: 'assistant', content: [partOf(answer.refusal, answer.text)] };
}

function partOf(refusal: boolean, text: string): Obj {
  return refusal ? { type: 'refusal', refusal: text } : { type: 'output_text', text, annotations: [], logprobs: [] };
}
