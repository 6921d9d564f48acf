import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ApiFailure, OpenPrivacyRequestInput } from '../../api/documents.js';
import { emailsProblem, nameProblem, phonesProblem, type Problem } from '../../contacts/contact-rules.js';
import { TextField } from '../../ui/field.js';

export const rightFields = ['rightName', 'rightEmails', 'rightPhones'] as const;
type RightField = (typeof rightFields)[number];

const listed = (text: string) =>
  text
    .split(/[,;\n]/u)
    .map((one) => one.trim())
    .filter((one) => one !== '');

interface Right {
  /** As the server takes it; null where nothing is said by field. */
  readonly rectification: OpenPrivacyRequestInput['rectification'];
  readonly problem: { readonly field: RightField; readonly words: NonNullable<Problem> } | null;
}

/** What is right, as it was written into the fields. */
export function rightOf(word: (field: string) => string): Right {
  const name = word('rightName').trim();
  const emails = listed(word('rightEmails'));
  const phones = listed(word('rightPhones'));
  const given = {
    ...(name !== '' && { name }),
    ...(emails.length > 0 && { emails }),
    ...(phones.length > 0 && { phones }),
  };
  const problems = [nameProblem(name), emailsProblem(emails), phonesProblem(phones)];
  const at = problems.findIndex((problem) => problem !== null);
  const [words, field] = [problems[at], rightFields[at]];
  return {
    rectification: Object.keys(given).length === 0 ? null : given,
    problem: words && field ? { field, words } : null,
  };
}

/** A field that holds what it cannot, as the server would say it. */
export function refusedRight({ field, words }: NonNullable<Right['problem']>, t: TFunction): ApiFailure {
  const message = t(`customer.problem.${words.key}`, words.values ?? {});
  return { code: 'BAD_USER_INPUT', requestId: null, retryAfter: null, field, message };
}

/** What of a contact has to be put right; it is, once it is proved who asks. */
export function RightFields({ errorOf, hint }: { errorOf: (field: string) => string | undefined; hint?: string }) {
  const { t } = useTranslation();
  return (
    <fieldset className="picks">
      <legend>{t('privacyRight.title')}</legend>
      {hint && <p className="hint">{hint}</p>}
      {rightFields.map((field) => (
        <TextField
          key={field}
          label={t(`privacyRight.${field}`)}
          hint={field === 'rightName' ? undefined : t('privacyRight.several')}
          name={field}
          dir="auto"
          autoComplete="off"
          error={errorOf(field)}
        />
      ))}
    </fieldset>
  );
}
