import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FollowedRequestFragment } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { CopyButton } from '../ui/copy-button.js';
import { Dialog } from '../ui/dialog.js';
import { safeHref } from '../ui/safe-text.js';

interface Props {
  title: string;
  request: FollowedRequestFragment;
  onClose: () => void;
  children: ReactNode;
}

/** What became of it, and by what whoever asked can follow it: signed out too. */
export function OpenedRequest({ title, request, onClose, children }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="stack">
        {/* Read out where the form stood a moment ago. */}
        <div role="status">{children}</div>
        <p>
          {t('customer.privacy.code')} <strong dir="ltr">{request.confirmationCode}</strong>
        </p>
        <p>
          <a href={safeHref(request.statusUrl) ?? undefined} target="_blank" rel="noopener">
            {t('customer.privacy.follow')}
          </a>
        </p>
        <div className="button-row">
          <Button tone="primary" onClick={onClose}>
            {t('action.close')}
          </Button>
          <CopyButton text={request.statusUrl} />
        </div>
      </div>
    </Dialog>
  );
}
