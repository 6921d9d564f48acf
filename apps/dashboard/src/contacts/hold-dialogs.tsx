import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { ReleaseLegalHoldDocument, PlaceLegalHoldDocument, type LegalHoldPartsFragment } from '../api/documents.js';
import { useAsk } from '../ui/ask.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { TextArea } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';

const longestReason = 1_000;

interface Props {
  onClose: () => void;
  onDone: () => void;
}

/** Keeps a customer's data from being erased, for a reason of the law. */
export function KeepDialog({ contactId, onClose, onDone }: Props & { contactId: string }) {
  const { t } = useTranslation();
  const [, keep] = useMutation(PlaceLegalHoldDocument);
  const { ask, busy, failure, errorOf } = useAsk('reason');
  return (
    <ConfirmForm
      title={t('customer.privacy.keep')}
      text={t('customer.privacy.keepText')}
      button={t('customer.privacy.keepNow')}
      tone="primary"
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) =>
        void ask(() => keep({ contactId, reason: formWords(form)('reason') })).then((result) => {
          if (!result) return;
          onDone();
          onClose();
        })
      }
    >
      <TextArea
        label={t('customer.privacy.reason')}
        hint={t('customer.privacy.reasonHint')}
        name="reason"
        rows={3}
        dir="auto"
        required
        maxLength={longestReason}
        error={errorOf('reason')}
      />
    </ConfirmForm>
  );
}

/** Ends a hold, and says first what waits for that. */
export function EndHoldDialog({ hold, onClose, onDone }: Props & { hold: LegalHoldPartsFragment }) {
  const { t } = useTranslation();
  const [, end] = useMutation(ReleaseLegalHoldDocument);
  const { ask, busy, failure } = useAsk();
  return (
    <ConfirmForm
      title={t('customer.privacy.endHold')}
      text={t('customer.privacy.endHoldText')}
      button={t('customer.privacy.endHold')}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={() =>
        void ask(() => end({ id: hold.id })).then((result) => {
          if (!result) return;
          notify(t('customer.privacy.holdEnded'));
          onDone();
          onClose();
        })
      }
    >
      <p dir="auto">{hold.reason}</p>
    </ConfirmForm>
  );
}
