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
export function whyNone(run: Pick<Ended, 'error' | 'reason'> | null): 'nothing' | 'unsure' | 'model' {
  if (run === null || run.error === null || run.reason?.startsWith('NOTHING_')) return 'nothing';
  return run.reason === 'UNSURE' ? 'unsure' : 'model';
}

interface Ended {
  error: string | null;
  reason: string | null;
}

/** What is on record of a run that proposed nothing, in the reader's words; null of any other. */
export function runErrorWords({ error, reason }: Ended, t: TFunction): string | null {
  // What is not known here is told as it came.
  const known = reason === null ? '' : t(`runReason.${reason}`, { defaultValue: '' });
  return known === '' ? error : known;
}
