import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { RectifyPrivacyRequestDocument, type PrivacyPartsFragment } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { ConfirmForm } from '../../ui/confirm-form.js';
import { CustomerText } from '../../ui/customer-text.js';
import { formWords } from '../../ui/form-words.js';
import { notify } from '../../ui/notices.js';
import { RightFields, refusedRight, rightFields, rightOf } from './right-fields.js';

interface Props {
  request: PrivacyPartsFragment;
  onClose: () => void;
}

/** Puts right on the contact what somebody asked for in words, which stand above the fields. */
export function RectifyDialog({ request, onClose }: Props) {
  const { t } = useTranslation();
  const [, rectify] = useMutation(RectifyPrivacyRequestDocument);
  const { ask, busy, failure, errorOf, refuse } = useAsk('rectification', ...rightFields);
  return (
    <ConfirmForm
      title={t('privacyAction.rectify')}
      text={t('privacyRectify.text')}
      button={t('privacyRectify.button')}
      tone="primary"
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        const { rectification, problem } = rightOf(formWords(form));
        if (problem) return refuse(refusedRight(problem, t));
        void ask(() => rectify({ id: request.id, rectification: rectification ?? {} })).then((result) => {
          if (!result) return;
          notify(t('privacyRectify.done'));
          onClose();
        });
      }}
    >
      {request.note && (
        <blockquote className="asked-words">
          <CustomerText text={request.note} />
        </blockquote>
      )}
      {/* What the server says of all of it stands at the first field. */}
      <RightFields errorOf={(field) => errorOf(field === 'rightName' ? 'rectification' : field) ?? errorOf(field)} />
    </ConfirmForm>
  );
}
