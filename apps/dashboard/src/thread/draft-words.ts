import type { TFunction } from 'i18next';
import { isQuoted } from '../settings/model-writes.js';
import type { OpenConversation } from './thread.js';

type Draft = NonNullable<OpenConversation['draft']>;

/** Who made a draft, and of what. */
export function makingWords({ run, change, language }: Draft, t: TFunction, shown: string): string {
  if (isQuoted(run)) return t('suggestion.quoted');
  if (change === null) return t('suggestion.written');
  if (change !== 'TRANSLATION') return t(`suggestion.made_${change}`);
  const name = new Intl.DisplayNames(shown, { type: 'language' }).of((language ?? 'en').toLowerCase());
  return t('suggestion.made_TRANSLATION', { language: name ?? language ?? '' });
}

/** Why there is no draft: nothing in the knowledge, or a model that did not do its part. */
export function whyNone(error: string | null): 'nothing' | 'unsure' | 'model' {
  if (error === null || error.startsWith('nothing grounded')) return 'nothing';
  return error.includes('less sure') ? 'unsure' : 'model';
}
