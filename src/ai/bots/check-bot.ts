import { cleanText } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { defaultTemperature } from '../drafting/compose-draft.js';
import { AiMode, AutoHours } from '../enums.js';
import type { BotRow } from './bot.row.js';
import type { BotInput } from './save-bot.input.js';

/** A new bot before anything is said of it. */
export const newBot: Omit<BotRow, 'id' | 'frozen'> = {
  name: '',
  mode: AiMode.DRAFT,
  leadMode: AiMode.OFF,
  model: null,
  instructions: '',
  temperature: defaultTemperature,
  disclosure: '',
  maxRepliesPerConversation: 20,
  handoffKeywords: [],
  minConfidence: null,
  topics: [],
  dailyBudgetCents: null,
  quoteOnFailure: true,
  autoHours: AutoHours.ALWAYS,
};

/** What the bot is after the input, checked field by field. */
export function botAfter(before: Omit<BotRow, 'id' | 'frozen'>, input: BotInput): Omit<BotRow, 'id' | 'frozen'> {
  const name = line('name', input.name, 100) ?? before.name;
  if (name === '') throw badInput('name', 'Give the bot a name.', 'NAME_MISSING');
  const model = line('model', input.model, 200);
  const least = between('minConfidence', input.minConfidence, 0, 1);
  return {
    name,
    mode: input.mode ?? before.mode,
    leadMode: input.leadMode ?? before.leadMode,
    model: model === null ? before.model : model === '' ? null : model,
    instructions: text('instructions', input.instructions, 4_000) ?? before.instructions,
    temperature: between('temperature', input.temperature, 0, 2) ?? before.temperature,
    disclosure: text('disclosure', input.disclosure, 500) ?? before.disclosure,
    maxRepliesPerConversation:
      between('maxRepliesPerConversation', input.maxRepliesPerConversation, 1, 1_000) ??
      before.maxRepliesPerConversation,
    handoffKeywords: words('handoffKeywords', input.handoffKeywords) ?? before.handoffKeywords,
    minConfidence: least === 0 ? null : (least ?? before.minConfidence),
    topics: words('topics', input.topics) ?? before.topics,
    dailyBudgetCents: between('dailyBudgetCents', input.dailyBudgetCents, 0, 100_000_000) ?? before.dailyBudgetCents,
    quoteOnFailure: input.quoteOnFailure ?? before.quoteOnFailure,
    autoHours: input.autoHours ?? before.autoHours,
  };
}

function text(field: string, value: string | null | undefined, max: number): string | null {
  if (value === null || value === undefined) return null;
  if (value.length > max)
    throw badInput(field, `Use at most ${String(max)} characters.`, 'TOO_LONG', { most: String(max) });
  return cleanText(value).trim();
}

function line(field: string, value: string | null | undefined, max: number): string | null {
  return text(field, value, max)?.replace(/\s+/gu, ' ') ?? null;
}

function words(field: string, values: readonly string[] | null | undefined): string[] | null {
  if (values === null || values === undefined) return null;
  if (values.length > 50) throw badInput(field, 'Give at most 50.', 'TOO_MANY', { most: '50' });
  return [...new Set(values.map((value) => line(field, value, 100) ?? '').filter((value) => value !== ''))];
}

function between(field: string, value: number | null | undefined, least: number, most: number): number | null {
  if (value === null || value === undefined) return null;
  if (!(value >= least && value <= most))
    throw badInput(field, `Give a number from ${String(least)} to ${String(most)}.`, 'NUMBER_BETWEEN', {
      least: String(least),
      most: String(most),
    });
  return value;
}
