import type { ReactNode } from 'react';
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

interface PlaceProps extends Props {
  /** Whose data has to be kept; null: everybody's; undefined: it is not said yet. */
  contactId: string | null | undefined;
  /** By what that is said, where the place does not tell it. */
  children?: (error: string | undefined) => ReactNode;
}

/** Keeps data from being erased, for a reason of the law. */
export function PlaceHoldDialog({ contactId, children, onClose, onDone }: PlaceProps) {
  const { t } = useTranslation();
  const [, place] = useMutation(PlaceLegalHoldDocument);
  const { ask, busy, failure, errorOf, refuse } = useAsk('reason', 'contactId');
  return (
    <ConfirmForm
      title={t('hold.place')}
      text={t('hold.placeText')}
      button={t('hold.placeNow')}
      tone="primary"
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        // Without this, nobody chosen would mean everybody.
        if (contactId === undefined) return refuse({ ...nobody, message: t('hold.chooseContact') });
        void ask(() => place({ contactId, reason: formWords(form)('reason') })).then((result) => {
          if (!result) return;
          notify(t('hold.placed'));
          onDone();
          onClose();
        });
      }}
    >
      {children?.(errorOf('contactId'))}
      <TextArea
        label={t('hold.reason')}
        hint={t('hold.reasonHint')}
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

const nobody = { code: 'BAD_USER_INPUT', field: 'contactId', requestId: null, retryAfter: null } as const;

/** Ends a hold, and says first what waits for that. */
export function ReleaseHoldDialog({ hold, onClose, onDone }: Props & { hold: LegalHoldPartsFragment }) {
  const { t } = useTranslation();
  const [, release] = useMutation(ReleaseLegalHoldDocument);
  const { ask, busy, failure } = useAsk();
  return (
    <ConfirmForm
      title={t('hold.release')}
      text={t('hold.releaseText')}
      button={t('hold.release')}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={() =>
        void ask(() => release({ id: hold.id })).then((result) => {
          if (!result) return;
          notify(t('hold.released'));
          onDone();
          onClose();
        })
      }
    >
      <p dir="auto">{hold.reason}</p>
    </ConfirmForm>
  );
}
