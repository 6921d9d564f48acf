import { randomBytes } from 'node:crypto';
import { obj, str, type Obj } from '../json.ts';
import type { Composed } from './composing.ts';

const usageOf = (answer: Composed) => ({
  prompt_tokens: answer.promptTokens,
  completion_tokens: answer.completionTokens,
  total_tokens: answer.promptTokens + answer.completionTokens,
});

function frame(body: Obj, kind: string): Obj {
  return {
    id: `chatcmpl-${randomBytes(12).toString('hex')}`,
    object: kind,
    created: Math.floor(Date.now() / 1000),
    model: str(body['model']) ?? 'sandbox',
  };
}

/** A chat completion in one piece. */
export function chatCompletion(body: Obj, answer: Composed, tool?: { name: string; args: string }): Obj {
  const calls = tool && [
    {
      id: `call_${randomBytes(8).toString('hex')}`,
      type: 'function',
      function: { name: tool.name, arguments: tool.args },
    },
  ];
  const message = {
    role: 'assistant',
    content: answer.refusal || tool ? null : answer.text,
    refusal: answer.refusal ? answer.text : null,
    ...(calls && { tool_calls: calls }),
  };
  return {
    ...frame(body, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: tool ? 'tool_calls' : answer.finish }],
    usage: usageOf(answer),
  };
}

/** The same as a stream of server-sent events, ready to be written one by one. */
export function chatStream(body: Obj, answer: Composed): { events: string[]; terminal: string[] } {
  const head = frame(body, 'chat.completion.chunk');
  const chunk = (delta: Obj, finish: string | null = null) =>
    data({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] });
  const member = answer.refusal ? 'refusal' : 'content';
  const events = [
    chunk({ role: 'assistant', content: answer.refusal ? null : '' }),
    ...pieces(answer.text).map((piece) => chunk({ [member]: piece })),
  ];
  const terminal = [chunk({}, answer.finish)];
  if (obj(body['stream_options'])?.['include_usage'] === true)
    terminal.push(data({ ...head, choices: [], usage: usageOf(answer) }));
  terminal.push('data: [DONE]\n\n');
  return { events, terminal };
}

const data = (value: Obj) => `data: ${JSON.stringify(value)}\n\n`;

/** A text in the lumps in which models speak. */
export function pieces(text: string): string[] {
  return (
    text.match(/\S+\s*|\s+/gu)?.reduce<string[]>((lumps, word, index) => {
      if (index % 3 === 0) lumps.push(word);
      else lumps[lumps.length - 1] += word;
      return lumps;
    }, []) ?? []
  );
}
