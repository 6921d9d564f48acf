import { cleanText } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { OutgoingError } from '../../platform/http/index.js';
import type { MessageTemplate, OutgoingTemplate } from '../channel-adapter.js';
import { nextPage } from './consent/graph-list.js';
import { isLater } from './consent/issued-token.js';
import type { GraphAnswer, GraphClient } from './graph-client.js';
import { graphErrorWords } from './graph-errors.js';
import { type Json, isJson } from '../wire/reading.js';

/** Where the variables of a template go: one slot for each part that has some, in their order. */
interface Slot {
  readonly type: 'header' | 'body' | 'button';
  /** For a button: which of them. */
  readonly index?: number;
  /** One for each variable; its name, where the template's variables have names, and null where they have numbers. */
  readonly parameters: readonly (string | null)[];
}

const placeholder = /\{\{\s*(\w{1,100})\s*\}\}/g;
const mostText = 4_096;
const mostPages = 10;
/** Buttons that need no value when the template is sent. */
const plainButtons = ['QUICK_REPLY', 'PHONE_NUMBER', 'URL'];

/** The templates of a business account, with what it takes to send each. */
export async function listTemplates(
  graph: GraphClient,
  waba: string,
  token: string,
  signal: AbortSignal,
): Promise<MessageTemplate[]> {
  const fields = 'name,language,status,category,parameter_format,components';
  const found: MessageTemplate[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const query: Record<string, string> = { fields, limit: '100', ...(after !== null && { after }) };
    const body = await pageOf(() =>
      graph.call('facebook', { path: `${waba}/message_templates`, token, query, signal }),
    );
    found.push(
      ...listIn(body, 'data')
        .map(templateOf)
        .filter((template) => template !== null),
    );
    after = nextPage(body);
    if (after === null) break;
  }
  return found;
}

async function pageOf(call: () => Promise<GraphAnswer>): Promise<Json> {
  const answer = await call().catch((error: unknown) => {
    if (!(error instanceof OutgoingError)) throw error;
    throw new DomainError(ErrorCode.UNAVAILABLE, 'WhatsApp could not be reached. Try again in a minute.', {
      retryAfter: 60,
      cause: error,
    });
  });
  const { status, body, error, retryAfter } = answer;
  if (status >= 200 && status <= 299 && body !== null && error === null) return body;
  if (isLater(answer)) {
    throw new DomainError(ErrorCode.UNAVAILABLE, 'WhatsApp cannot list the templates now. Try again in a minute.', {
      retryAfter: retryAfter ?? 60,
    });
  }
  throw new DomainError(
    ErrorCode.PLATFORM_REFUSED,
    `WhatsApp did not list the templates. ${graphErrorWords(error?.code ?? null, error?.subcode ?? null)}`,
  );
}

/** The parts of a template with the values in their places. */
export function templateComponents({ shape, variables }: OutgoingTemplate): object[] {
  const left = [...variables];
  return slotsIn(shape).map(({ type, index, parameters }) => ({
    type,
    ...(type === 'button' && { sub_type: 'url', index: String(index ?? 0) }),
    parameters: parameters.map((name) => ({
      type: 'text',
      ...(name !== null && { parameter_name: name }),
      text: left.shift() ?? '',
    })),
  }));
}

function templateOf(row: Json): MessageTemplate | null {
  const [name, language] = [wordsIn(row, 'name'), wordsIn(row, 'language')];
  if (name === null || language === null) return null;
  const components = listIn(row, 'components');
  const reading = new Reading(row['parameter_format'] === 'NAMED');
  const odd = components.map((component) => reading.take(component)).find((reason) => reason !== null);
  const status = wordsIn(row, 'status') ?? 'UNKNOWN';
  return {
    name,
    language,
    category: wordsIn(row, 'category') ?? 'UNKNOWN',
    status,
    body: reading.lines.join('\n\n'),
    variables: reading.variables,
    unusable:
      status === 'APPROVED' ? (odd ?? null) : `WhatsApp has not approved it: its status is ${status.slice(0, 40)}.`,
    shape: reading.slots,
  };
}

/** What a template says, part by part, its variables numbered through. */
class Reading {
  readonly lines: string[] = [];
  readonly slots: Slot[] = [];
  variables = 0;

  constructor(private readonly named: boolean) {}

  /** Takes one part; says why the template cannot be filled in here, or null. */
  take(component: Json): string | null {
    switch (wordsIn(component, 'type')?.toUpperCase()) {
      case 'HEADER':
        if (wordsIn(component, 'format') !== null && component['format'] !== 'TEXT')
          return 'It begins with a picture, a film, a document or a place, which cannot be filled in here.';
        this.text('header', wordsIn(component, 'text') ?? '');
        return null;
      case 'BODY':
        this.text('body', wordsIn(component, 'text') ?? '');
        return null;
      case 'FOOTER':
        this.lines.push(wordsIn(component, 'text') ?? '');
        return null;
      case 'BUTTONS':
        return this.buttons(listIn(component, 'buttons'));
      default:
        return 'It has a part that cannot be filled in here.';
    }
  }

  private text(type: 'header' | 'body', text: string, index?: number): void {
    this.lines.push(this.numbered(type, text, index));
  }

  private buttons(buttons: readonly Json[]): string | null {
    let odd: string | null = null;
    for (const [index, button] of buttons.entries()) {
      const type = wordsIn(button, 'type')?.toUpperCase() ?? '';
      if (!plainButtons.includes(type)) odd = 'It has a button that cannot be filled in here.';
      const target = type === 'URL' ? ` ${this.numbered('button', wordsIn(button, 'url') ?? '', index)}` : '';
      this.lines.push(`[${wordsIn(button, 'text') ?? ''}]${target}`);
    }
    return odd;
  }

  /** The same variable twice in one part is one value. */
  private numbered(type: Slot['type'], text: string, index?: number): string {
    const names = [...new Set([...text.matchAll(placeholder)].map((match) => match[1] ?? ''))];
    if (!this.named) names.sort((one, other) => Number(one) - Number(other));
    const first = this.variables + 1;
    this.variables += names.length;
    const parameters = names.map((name) => (this.named ? name : null));
    if (names.length > 0) this.slots.push({ type, ...(index !== undefined && { index }), parameters });
    return text.replace(placeholder, (_, name: string) => `{{${String(first + names.indexOf(name))}}}`);
  }
}

/** What was kept with a message is read as carefully as what came from outside. */
function slotsIn(shape: unknown): Slot[] {
  return (Array.isArray(shape) ? (shape as unknown[]) : []).filter(
    (slot): slot is Json & Slot => isJson(slot) && Array.isArray(slot['parameters']),
  );
}

function listIn(json: Json, name: string): Json[] {
  const list = json[name];
  return Array.isArray(list) ? (list as unknown[]).filter(isJson) : [];
}

function wordsIn(json: Json, name: string): string | null {
  const text = json[name];
  return typeof text === 'string' && text !== '' ? cleanText(text, mostText) : null;
}
