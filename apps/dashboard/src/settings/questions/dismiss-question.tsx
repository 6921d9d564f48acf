import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { DismissQuestionDocument } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { ConfirmForm } from '../../ui/confirm-form.js';
import { notify } from '../../ui/notices.js';
import type { AskedQuestion } from './question-card.js';

interface Props {
  question: AskedQuestion;
  onClose: () => void;
  onSettled: () => void;
}

/** Puts a question away. The server never brings it back, so it is asked about first. */
export function DismissQuestion({ question, onClose, onSettled }: Props) {
  const { t } = useTranslation();
  const [, dismiss] = useMutation(DismissQuestionDocument);
  const { ask, busy, failure } = useAsk();
  return (
    <ConfirmForm
      title={t('questions.dismissTitle')}
      text={t('questions.dismissText')}
      button={t('questions.dismiss')}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={() =>
        void ask(() => dismiss({ id: question.id })).then((result) => {
          if (!result) return;
          notify(t('questions.dismissed'));
          onSettled();
        })
      }
    >
      <blockquote dir="auto">{question.question}</blockquote>
    </ConfirmForm>
  );
}
