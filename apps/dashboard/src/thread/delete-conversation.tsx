import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useLocation } from 'wouter';
import { DeleteConversationDocument } from '../api/documents.js';
import { usePlace } from '../inbox/place.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { notify } from '../ui/notices.js';
import { FailureNote } from '../ui/states.js';

interface Props {
  conversationId: string;
  onClose: () => void;
}

/** Asks once more before one conversation goes for good; its customer stays. */
export default function DeleteConversation({ conversationId, onClose }: Props) {
  const { t } = useTranslation();
  const { to } = usePlace();
  const [, navigate] = useLocation();
  const [, erase] = useMutation(DeleteConversationDocument);
  const { ask, busy, failure } = useAsk();
  const go = () =>
    // The thread, and this with it, may be gone before the answer is here.
    void ask(() => erase({ id: conversationId })).then((result) => {
      if (!result?.data) return;
      notify(t('customer.conversation.erased', { code: result.data.deleteConversation.confirmationCode }));
      navigate(to());
    });
  return (
    <Dialog title={t('thread.erase')} onClose={onClose}>
      <div className="stack">
        <p>{t('customer.conversation.text')}</p>
        {failure && <FailureNote failure={failure} />}
        <div className="button-row">
          {/* First, and so focused: a key that was hit twice erases nothing. */}
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button tone="danger" busy={busy} onClick={go}>
            {t('customer.privacy.eraseNow')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
