import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { UnansweredQuestionsDocument, toApiFailure } from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { AnswerQuestion } from './answer-question.js';
import { DismissQuestion } from './dismiss-question.js';
import { QuestionCard, type AskedQuestion } from './question-card.js';
import { useQuestionNews } from './use-question-news.js';

interface Settling {
  readonly how: 'answer' | 'dismiss';
  readonly question: AskedQuestion;
}

/** What customers asked and no knowledge answers: to be answered once for all. */
export function QuestionsPage() {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [after, setAfter] = useState<string | null>(null);
  const [settling, setSettling] = useState<Settling | null>(null);
  const [{ data, error, fetching }, reload] = useQuery({
    query: UnansweredQuestionsDocument,
    variables: { first: 25, after },
    requestPolicy: 'cache-and-network',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  useQuestionNews(again);
  const questions = data?.unansweredQuestions.nodes ?? [];
  const next = data?.unansweredQuestions.pageInfo;
  const close = () => setSettling(null);
  // With one less on the list the pages begin elsewhere, so it is read from its head.
  const settled = () => {
    close();
    setAfter(null);
  };
  return (
    <>
      <h1>{t('settings.questions')}</h1>
      <p className="lead">{t('questions.lead')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={again} />}
      {!data && fetching && <Loading />}
      {data && questions.length === 0 && (
        <EmptyState
          icon="check"
          title={t('questions.empty')}
          text={t('questions.emptyHint')}
          action={
            <Link href="/settings/knowledge" className="button plain medium">
              {t('settings.knowledge')}
            </Link>
          }
        />
      )}
      <ul className="cards">
        {questions.map((question) => (
          <li key={question.id} className="card">
            <QuestionCard
              question={question}
              mayWrite={mayWrite}
              onAnswer={() => setSettling({ how: 'answer', question })}
              onDismiss={() => setSettling({ how: 'dismiss', question })}
            />
          </li>
        ))}
      </ul>
      {next?.hasNextPage && (
        <Button busy={fetching} onClick={() => setAfter(next.endCursor)}>
          {t('action.more')}
        </Button>
      )}
      {questions.length > 0 && !mayWrite && <p className="hint">{t('questions.editorsOnly')}</p>}
      {settling?.how === 'answer' && (
        <AnswerQuestion question={settling.question} onClose={close} onSettled={settled} />
      )}
      {settling?.how === 'dismiss' && (
        <DismissQuestion question={settling.question} onClose={close} onSettled={settled} />
      )}
    </>
  );
}
