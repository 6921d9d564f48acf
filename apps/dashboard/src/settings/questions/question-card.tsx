import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { UnansweredQuestionsQuery } from '../../api/documents.js';
import { Button } from '../../ui/button.js';
import { fullTime } from '../../ui/time.js';

export type AskedQuestion = UnansweredQuestionsQuery['unansweredQuestions']['nodes'][number];

interface Props {
  question: AskedQuestion;
  mayWrite: boolean;
  onAnswer: () => void;
  onDismiss: () => void;
}

/** One question: in whose words, how often, when last, and where it can be read. */
export function QuestionCard({ question, mayWrite, onAnswer, onDismiss }: Props) {
  const { t, i18n } = useTranslation();
  const { asked, lastAskedAt, conversationIds } = question;
  const [newest] = conversationIds;
  return (
    <>
      {/* A stranger's words: nothing in them is a link here. */}
      <p dir="auto" className="customer-text">
        <strong>{question.question}</strong>
      </p>
      <p className="hint">
        {t('questions.asked', { count: asked })} · {t('questions.last', { time: fullTime(lastAskedAt, i18n.language) })}
        {newest !== undefined && (
          <>
            {' · '}
            <Link href={`/inbox/all/${newest}`}>{t('questions.open')}</Link>
          </>
        )}
      </p>
      {mayWrite && (
        <div className="button-row">
          <Button size="small" tone="primary" onClick={onAnswer}>
            {t('questions.answer')}
          </Button>
          <Button size="small" onClick={onDismiss}>
            {t('questions.dismiss')}
          </Button>
        </div>
      )}
    </>
  );
}
