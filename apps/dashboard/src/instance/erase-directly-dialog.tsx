import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { EraseDirectlyDocument, type ApiFailure } from '../api/documents.js';
import { useAsk } from '../ui/ask.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { TextArea } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import { TypedName } from '../ui/typed-name.js';
import { longestWords, type InstanceDialogProps } from './answer-dialogs.js';

/** Erases in place of the business, on a ground of the law. The typed code stands between a slip and that. */
export function EraseDirectlyDialog({ request, onClose }: InstanceDialogProps) {
  const { t } = useTranslation();
  const [, erase] = useMutation(EraseDirectlyDocument);
  const { ask, busy, failure, errorOf, refuse } = useAsk('legalBasis', 'code');
  // After a restore the code is known by its digest alone.
  const code = request.confirmationCode === '' ? request.id : request.confirmationCode;
  return (
    <ConfirmForm
      title={t('instanceAction.eraseDirectly')}
      text={t('instanceErase.text')}
      button={t('instanceErase.button')}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        const word = formWords(form);
        if (word('code').toLowerCase() !== code) return refuse(otherCode);
        void ask(() => erase({ id: request.id, legalBasis: word('legalBasis') })).then((result) => {
          if (!result) return;
          notify(t('instanceErase.done'));
          onClose();
        });
      }}
    >
      <TextArea
        label={t('instanceErase.field')}
        hint={t('instanceErase.fieldHint')}
        name="legalBasis"
        rows={3}
        dir="auto"
        required
        maxLength={longestWords}
        error={errorOf('legalBasis')}
      />
      <TypedName
        ask={t('instanceErase.type')}
        name={code}
        label={t('privacyFact.code')}
        field="code"
        error={errorOf('code')}
      />
    </ConfirmForm>
  );
}

const otherCode: ApiFailure = {
  ...{ code: 'CONFIRMATION_MISMATCH', message: '', field: 'code', retryAfter: null, requestId: null },
};
