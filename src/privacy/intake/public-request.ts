import { trapField } from '../../accounts/index.js';
import { ChannelKind } from '../../channels/index.js';
import { badInput } from '../../platform/errors/index.js';
import { PrivacyRequestKind } from './enums.js';
import { type GivenHints } from './check-hints.js';
import { type Law, laws } from './request.row.js';

/** What the public form says, field by field. */
export interface PublicRequest {
  readonly kind: PrivacyRequestKind;
  readonly text: string | null;
  readonly hints: GivenHints;
  readonly law: Law | null;
  readonly onBehalfOf: boolean;
  readonly minor: boolean;
  /** What Turnstile gave the page. */
  readonly turnstileToken: string | null;
  /** The field that people do not see was filled in. */
  readonly trapped: boolean;
}

/** What kinds of request say of themselves, in English and Turkish; the first that fits counts. */
const spoken: readonly (readonly [RegExp, PrivacyRequestKind])[] = [
  [/\b(delet|eras|remov|forget)|\bsil(in|me|iniz|sin|ebil|\b)|unut/iu, PrivacyRequestKind.ERASE],
  [/\b(correct|rectif|wrong)|düzelt|yanlış/iu, PrivacyRequestKind.RECTIFY],
  [/\b(transfer|port(ab|\b)|take along)|taşı/iu, PrivacyRequestKind.PORT],
  [/automat|robot|\bbot\b|otomatik/iu, PrivacyRequestKind.OBJECT_AUTOMATED],
  [/\b(object|stop)|itiraz/iu, PrivacyRequestKind.OBJECT],
  [/restrict|kısıtla/iu, PrivacyRequestKind.RESTRICT],
];
const yes = new Set(['true', 'on', 'yes', '1', 'evet']);

/** Reads a form or JSON: free text is enough, every field may be left out. */
export function readPublicRequest(given: Readonly<Record<string, unknown>>): PublicRequest {
  const text = wordsOf(given['text'] ?? given['message'], 'text');
  const kind = wordsOf(given['kind'], 'kind')?.toUpperCase() ?? null;
  const channel =
    wordsOf(given['channel'], 'channel')
      ?.toUpperCase()
      .replace(/[^A-Z]+/g, '_') ?? null;
  const law = wordsOf(given['law'], 'law')?.toUpperCase() ?? null;
  const names = ['email', 'phone', 'handle', 'website', 'businessName', 'from', 'to'] as const;
  const hints = Object.fromEntries(names.map((name) => [name, wordsOf(given[name], name)])) as GivenHints;
  const channelKind = Object.values(ChannelKind).find((one) => one.replace('_', '') === channel?.replace('_', ''));
  if (text === null && Object.values(hints).every((hint) => hint === null))
    throw badInput('text', 'Say in a few words what you want and by what you can be found.');
  return {
    kind: kind === null ? kindOf(text ?? '') : oneOf('kind', kind, Object.values(PrivacyRequestKind)),
    text,
    hints: { ...hints, ...(channelKind !== undefined && { channelKind }) },
    law: law === null ? null : oneOf('law', law, laws),
    onBehalfOf: isYes(given['onBehalfOf']),
    minor: isYes(given['minor']),
    turnstileToken: wordsOf(given['turnstileToken'] ?? given['cf-turnstile-response'], 'turnstileToken'),
    trapped: wordsOf(given[trapField], trapField) !== null,
  };
}

function kindOf(text: string): PrivacyRequestKind {
  return spoken.find(([words]) => words.test(text))?.[1] ?? PrivacyRequestKind.ACCESS;
}

function wordsOf(given: unknown, name: string): string | null {
  if (given === undefined || given === null || given === '') return null;
  if (typeof given !== 'string') throw badInput(name, 'Send it as text.');
  return given;
}

function oneOf<Choice extends string>(name: string, given: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === given);
  if (found === undefined) throw badInput(name, `This is one of: ${choices.join(', ')}.`);
  return found;
}

function isYes(given: unknown): boolean {
  return given === true || (typeof given === 'string' && yes.has(given.toLowerCase()));
}
