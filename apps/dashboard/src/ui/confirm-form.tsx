import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiFailure } from '../api/documents.js';
import { Button } from './button.js';
import { Dialog } from './dialog.js';
import { FailureNote } from './states.js';

interface Props {
  title: string;
  /** What happens, before it does. */
  text?: string;
  button: string;
  tone?: 'primary' | 'danger';
  failure: ApiFailure | null;
  busy: boolean;
  onClose: () => void;
  onSubmit: (form: HTMLFormElement) => void;
  children: ReactNode;
  /** Stands beside the form: a dialog of its own. */
  beside?: ReactNode;
}

/** A dialog that asks for a word before it does something: says what happens, takes it, and lets go. */
export function ConfirmForm(props: Props) {
  const { title, text, button, tone = 'danger', failure, busy, onClose, onSubmit, children, beside } = props;
  const { t } = useTranslation();
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(event.currentTarget);
        }}
      >
        {text && <p>{text}</p>}
        {failure && <FailureNote failure={failure} />}
        {children}
        <div className="button-row">
          <Button type="submit" tone={tone} busy={busy}>
            {button}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
        </div>
      </form>
      {beside}
    </Dialog>
  );
}
