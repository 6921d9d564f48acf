import { useState } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { toApiFailure, type ApiFailure } from '../api/documents.js';
import { failureSentence } from './failure-words.js';

export interface Outcome {
  error?: Parameters<typeof toApiFailure>[0] | undefined;
}

/**
 * One operation of a form: whether it runs, and how it was refused. `fields` are those that the form shows; a refusal that
 * names one of them stands there, any other above the form.
 */
export function useAsk(...fields: string[]) {
  return useAskIn((failure) => failure, ...fields);
}

/** The same, with refusals put into words of the form's own. */
export function useAskIn(words: (failure: ApiFailure, t: TFunction) => ApiFailure, ...fields: string[]) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<ApiFailure | null>(null);
  /** Gives the result where it succeeded; null where it was refused, thought better of, or still runs. */
  const ask = async <T extends Outcome>(operation: () => Promise<T | null>): Promise<T | null> => {
    if (busy) return null;
    setBusy(true);
    setRefused(null);
    const result = await operation();
    setBusy(false);
    if (!result?.error) return result;
    const failure = toApiFailure(result.error);
    // That one was answered by a dialog.
    if (failure.code !== 'REAUTHENTICATION_REQUIRED') setRefused(words(failure, t));
    return null;
  };
  const placed = refused?.field != null && fields.includes(refused.field);
  return {
    ask,
    busy,
    refuse: setRefused,
    failure: placed ? null : refused,
    errorOf: (field: string) => (placed && refused.field === field ? failureSentence(refused, t) : undefined),
  };
}
