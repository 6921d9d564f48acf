import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import type { TFunction } from 'i18next';
import { z } from 'zod';
import type { ApiFailure } from '../api/documents.js';
import { failureSentence } from './failure-words.js';

// zod would compile its parsers with new Function, which the page's script-src 'self' refuses.
z.config({ jitless: true });

export { z };

/** Shows a refusal at the field that the server names, or hands it back where no field of this form is meant. */
export function placeFailure<T extends FieldValues>(
  form: UseFormReturn<T>,
  failure: ApiFailure,
  t: TFunction,
): ApiFailure | null {
  if (failure.field === null || !(failure.field in form.getValues())) return failure;
  form.setError(
    failure.field as Path<T>,
    { type: 'server', message: failureSentence(failure, t) },
    { shouldFocus: true },
  );
  return null;
}

/** What to say at a field: our own messages are keys of the catalog, the server's are sentences already. */
export function fieldWords(error: { message?: string; type?: unknown } | undefined, t: TFunction): string | undefined {
  if (!error?.message) return undefined;
  return error.type === 'server' ? error.message : t(error.message);
}
