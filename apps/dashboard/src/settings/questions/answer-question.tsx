import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { AnswerQuestionDocument } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { ConfirmForm } from '../../ui/confirm-form.js';
import { TextArea } from '../../ui/field.js';
import { formWords } from '../../ui/form-words.js';
import { notify } from '../../ui/notices.js';
import type { AskedQuestion } from './question-card.js';

/** As the server takes them. */
const longestQuestion = 500;

interface Props {
  question: AskedQuestion;
  onClose: () => void;
  onSettled: () => void;
}

/** Takes the answer to a question; both become knowledge. */
export function AnswerQuestion({ question, onClose, onSettled }: Props) {
  const { t } = useTranslation();
  const [, answer] = useMutation(AnswerQuestionDocument);
  const { ask, busy, failure, errorOf } = useAsk('answer', 'question');
  return (
    <ConfirmForm
      title={t('questions.answer')}
      text={t('questions.becomes')}
      button={t('questions.add')}
      tone="primary"
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        const word = formWords(form);
        const given = { id: question.id, question: word('question'), answer: word('answer') };
        void ask(() => answer(given)).then((result) => {
          if (!result) return;
          notify(t('questions.added'));
          onSettled();
        });
      }}
    >
      <TextArea
        label={t('knowledge.question')}
        hint={t('questions.questionHint')}
        name="question"
        dir="auto"
        rows={2}
        required
        maxLength={longestQuestion}
        defaultValue={question.question}
        error={errorOf('question')}
      />
      <TextArea
        label={t('knowledge.answer')}
        hint={t('questions.answerHint')}
        name="answer"
        dir="auto"
        rows={5}
        required
        error={errorOf('answer')}
      />
    </ConfirmForm>
  );
}
