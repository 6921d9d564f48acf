import type { ReactNode } from 'react';
import type { ApiFailure } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { FailureNote } from '../ui/states.js';
import { AccountFrame } from './account-pages.js';

interface FormProps {
  /** What the page is called, and what its button says. */
  title: string;
  lead: string;
  other: { to: string; text: string; link: string } | null;
  failure: ApiFailure | null;
  busy: boolean;
  onSubmit: () => Promise<unknown>;
  children: ReactNode;
}

/** A page with one form, for a person without a session. */
export function AccountForm({ title, lead, other, failure, busy, onSubmit, children }: FormProps) {
  return (
    <AccountFrame title={title} lead={lead} other={other}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
        noValidate
      >
        {failure && <FailureNote failure={failure} />}
        {children}
        <Button type="submit" tone="primary" busy={busy}>
          {title}
        </Button>
      </form>
    </AccountFrame>
  );
}
