import type { MessageContent, OutgoingMessage } from '../../channels/index.js';
import { MessageKind } from '../../channels/index.js';
import { cleanInput, cleanText } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import type { SendMessageInput, TemplateInput } from './send-message.input.js';

/** What a member wants to send, as far as it can be checked without looking anything up. */
interface Wanted {
  readonly text: string;
  readonly quickReplies: readonly string[];
  readonly template: TemplateInput | null;
}

/** What is stored of it, and what its adapter is given. */
export interface OutgoingContent {
  readonly kind: MessageKind;
  readonly text: string;
  readonly content: MessageContent | null;
}

const mostTitles = 20;
const longestTitle = 200;
const mostVariables = 50;
const longestVariable = 1_024;

/** The parts of the input that say something, each clean. */
export function wantedOf(input: SendMessageInput): Wanted {
  const text = cleanInput(input.text ?? '');
  const quickReplies = titlesOf(input.quickReplies ?? []);
  if (!input.template) {
    if (text === '' && (input.attachmentIds ?? []).length === 0)
      throw badInput('text', 'Write something first.', 'WRITE_FIRST');
    if (text === '' && quickReplies.length > 0) throw badInput('text', 'Quick replies come with words.', 'QUICK_ALONE');
    return { text, quickReplies, template: null };
  }
  if (text !== '') throw badInput('text', 'A template goes without other words.', 'TEMPLATE_ALONE');
  if ((input.attachmentIds ?? []).length > 0)
    throw badInput('attachmentIds', 'A template goes without files.', 'TEMPLATE_ALONE');
  if (quickReplies.length > 0)
    throw badInput('quickReplies', 'A template goes without quick replies.', 'TEMPLATE_ALONE');
  return { text, quickReplies, template: templateOf(input.template) };
}

/** How the answers of a message that is not a template are stored. */
export function plainContent({ text, quickReplies }: Wanted): OutgoingContent {
  return { kind: MessageKind.TEXT, text, content: quickReplies.length === 0 ? null : { quickReplies } };
}

/** What an adapter is given beside the words. */
export function outgoingParts(content: MessageContent | null): Pick<OutgoingMessage, 'template' | 'quickReplies'> {
  return {
    ...(content?.template !== undefined && { template: content.template }),
    ...(content?.quickReplies !== undefined && { quickReplies: content.quickReplies }),
  };
}

function titlesOf(given: readonly string[]): string[] {
  if (given.length > mostTitles)
    throw badInput('quickReplies', `At most ${String(mostTitles)} quick replies are taken.`, 'TOO_MANY', {
      most: String(mostTitles),
    });
  const titles = given.map(oneLine);
  if (titles.some((title) => title === ''))
    throw badInput('quickReplies', 'A quick reply has some words.', 'QUICK_EMPTY');
  if (titles.some((title) => title.length > longestTitle))
    throw badInput('quickReplies', `A quick reply has at most ${String(longestTitle)} characters.`, 'TOO_LONG', {
      most: String(longestTitle),
    });
  if (new Set(titles).size < titles.length)
    throw badInput('quickReplies', 'Two quick replies say the same.', 'QUICK_TWICE');
  return titles;
}

function templateOf({ name, language, variables }: TemplateInput): TemplateInput {
  if (variables.length > mostVariables)
    throw badInput('template', `A template takes at most ${String(mostVariables)} values.`, 'TOO_MANY', {
      most: String(mostVariables),
    });
  // Platforms refuse line breaks in a value.
  const values = variables.map(oneLine);
  if (values.some((value) => value === ''))
    throw badInput('template', 'Fill in every place of the template.', 'TEMPLATE_PLACES');
  if (values.some((value) => value.length > longestVariable))
    throw badInput('template', `A value has at most ${String(longestVariable)} characters.`, 'TOO_LONG', {
      most: String(longestVariable),
    });
  return { name: cleanText(name, 600), language: cleanText(language, 40), variables: values };
}

function oneLine(text: string): string {
  return cleanInput(text).replace(/\s+/g, ' ');
}
