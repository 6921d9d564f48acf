import { type UpdateContactInput } from '../../conversations/index.js';
import { badInput } from '../../platform/errors/index.js';

/** What is right, by the names that updateContact has. */
export type Rectification = Omit<UpdateContactInput, 'id' | 'tags' | 'blocked'>;

const fields: readonly string[] = ['name', 'emails', 'phones', 'language', 'customFields'];

/** What is to be put right as the contact's own fields; null where there is none, or it is said in words. */
export function rectificationOf(given: unknown): Rectification | null {
  if (typeof given !== 'object' || given === null) return null;
  const entries = Object.entries(given);
  if (entries.length === 0) return null;
  const wrong = entries.find(([name, value]) => !fields.includes(name) || !fits(name, value));
  if (wrong !== undefined)
    throw badInput(
      'rectification',
      `Say what is right by these names: ${fields.join(', ')}, as updateContact takes them.`,
      'RECTIFY_FIELDS',
    );
  return Object.fromEntries(entries);
}

function fits(name: string, value: unknown): boolean {
  if (name === 'emails' || name === 'phones')
    return Array.isArray(value) && value.length <= 20 && value.every((one) => typeof one === 'string');
  return name === 'customFields' ? typeof value === 'object' : typeof value === 'string';
}
