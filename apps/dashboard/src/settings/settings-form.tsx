import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiFailure } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { formWords } from '../ui/form-words.js';
import { FailureNote } from '../ui/states.js';

interface Props {
  /** Whoever may not sees what is set, and no button. */
  mayChange: boolean;
  busy: boolean;
  failure: ApiFailure | null;
  tone?: 'primary';
  /** What its button says, where it does not save. */
  button?: string;
  onSave: (word: ReturnType<typeof formWords>) => void;
  children: ReactNode;
}

/** The frame of a form of settings: its refusal above it, its fields, its button. */
export function SettingsForm({ mayChange, busy, failure, tone, button, onSave, children }: Props) {
  const { t } = useTranslation();
  return (
    <form
      className="narrow-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(formWords(event.currentTarget));
      }}
    >
      {failure && <FailureNote failure={failure} />}
      <fieldset className="plain" disabled={!mayChange}>
        {children}
        {mayChange && (
          <Button type="submit" busy={busy} {...(tone && { tone })}>
            {button ?? t('action.save')}
          </Button>
        )}
      </fieldset>
    </form>
  );
}
