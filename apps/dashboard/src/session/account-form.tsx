import type { ReactNode } from 'react';
import type { ApiFailure } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { FailureNote } from '../ui/states.js';
import { AccountFrame } from './account-pages.js';

interface FormProps {
  /** What the page is called, and what its button says where `button` does not. */
  title: string;
  button?: string;
  lead: string;
  other?: { to: string; text: string; link: string } | null;
  failure: ApiFailure | null;
  busy: boolean;
  /** Whether the form looks at its fields by itself; else the browser does. */
  checked?: boolean;
  onSubmit: (form: HTMLFormElement) => unknown;
  children: ReactNode;
  /** What stands below the form. */
  below?: ReactNode;
}

/** A page with one form, for a person without a session. */
export function AccountForm(props: FormProps) {
  const { title, button = title, lead, other = null, failure, busy, checked = false, onSubmit, children } = props;
  return (
    <AccountFrame title={title} lead={lead} other={other}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit(event.currentTarget);
        }}
        noValidate={checked}
      >
        {failure && <FailureNote failure={failure} />}
        {children}
        <Button type="submit" tone="primary" busy={busy}>
          {button}
        </Button>
      </form>
      {props.below}
    </AccountFrame>
  );
}
