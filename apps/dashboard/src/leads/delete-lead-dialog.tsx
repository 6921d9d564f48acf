import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { DeleteLeadDocument, type FollowedRequestFragment } from '../api/documents.js';
import { OpenedRequest } from '../contacts/opened-request.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { FailureNote } from '../ui/states.js';

interface Props {
  leadId: string;
  onClose: () => void;
  /** What stood here is gone. */
  onGone: () => void;
}

/** Asks once more before one lead goes for good. */
export default function DeleteLeadDialog({ leadId, onClose, onGone }: Props) {
  const { t } = useTranslation();
  const [, erase] = useMutation(DeleteLeadDocument);
  const { ask, busy, failure } = useAsk();
  const [begun, setBegun] = useState<FollowedRequestFragment | null>(null);
  if (begun)
    return (
      <OpenedRequest
        title={t('leads.erased')}
        request={begun}
        onClose={() => {
          onClose();
          onGone();
        }}
      >
        <p>{t('leads.erasedText')}</p>
      </OpenedRequest>
    );
  return (
    <Dialog title={t('leads.eraseTitle')} onClose={onClose}>
      <div className="stack">
        <p>{t('leads.eraseText')}</p>
        <p>{t('customer.privacy.stays')}</p>
        {failure && <FailureNote failure={failure} />}
        <div className="button-row">
          {/* First, and so focused: a key that was hit twice erases nothing. */}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            tone="danger"
            busy={busy}
            onClick={() =>
              void ask(() => erase({ id: leadId })).then((result) => result?.data && setBegun(result.data.deleteLead))
            }
          >
            {t('customer.privacy.eraseNow')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
