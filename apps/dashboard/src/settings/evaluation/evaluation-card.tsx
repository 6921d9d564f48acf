import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  CancelEvaluationDocument,
  CompareEvaluationsDocument,
  EvaluationDocument,
  toApiFailure,
  type EvaluationPartsFragment,
} from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { FailureNote, Loading } from '../../ui/states.js';
import { countWords, fullTime, regionOf } from '../../ui/time.js';
import { CaseResults } from './case-results.js';
import { useEvaluationNews } from './use-evaluation-news.js';

interface Props {
  evaluation: EvaluationPartsFragment;
  setName: string | null;
  /** The run of the same cases before it. */
  before: EvaluationPartsFragment | undefined;
}

/** One run: how many cases it answered well, with which words, and, once it is opened, each of them. */
export function EvaluationCard({ evaluation, setName, before }: Props) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState<'results' | 'comparison' | null>(null);
  const [, cancel] = useMutation(CancelEvaluationDocument);
  const { ask, busy, failure } = useAsk();
  const { id, status, stopped, total, judged, passed, model, promptVersion, createdAt, instructions } = evaluation;
  const number = (value: number) => countWords(value, i18n.language);
  const share = new Intl.NumberFormat(regionOf(i18n.language), { style: 'percent', maximumFractionDigits: 0 });
  const goesOn = status === 'QUEUED' || status === 'RUNNING';
  return (
    <>
      <div className="card-head">
        <strong dir="auto">{setName ?? t('cases.ownCases')}</strong>
        <span className="chip">{t(`jobStatus.${status}`)}</span>
        {judged > 0 && (
          <span className="chip">
            {t('cases.passed', {
              passed: number(passed),
              judged: number(judged),
              share: share.format(passed / judged),
            })}
          </span>
        )}
      </div>
      <p className="hint">
        {fullTime(createdAt, i18n.language)} · <bdi>{model ?? t('suggestion.noModel')}</bdi> · {t('suggestion.wording')}{' '}
        <code>{promptVersion}</code> · {t('cases.judged', { judged: number(judged), total: number(total) })}
      </p>
      {stopped && <p className="field-error">{t(`evaluationStop.${stopped}`)}</p>}
      {failure && <FailureNote failure={failure} />}
      <div className="button-row">
        {judged > 0 && (
          <Button
            size="small"
            aria-expanded={open === 'results'}
            onClick={() => setOpen(open === 'results' ? null : 'results')}
          >
            {t('cases.results')}
          </Button>
        )}
        {before && status === 'DONE' && (
          <Button
            size="small"
            aria-expanded={open === 'comparison'}
            onClick={() => setOpen(open === 'comparison' ? null : 'comparison')}
          >
            {t('cases.compare')}
          </Button>
        )}
        {goesOn && (
          <Button size="small" busy={busy} onClick={() => void ask(() => cancel({ id }))}>
            {t('suggestion.stop')}
          </Button>
        )}
      </div>
      {open === 'results' && <Results id={id} instructions={instructions} />}
      {open === 'comparison' && before && <Comparison before={before.id} after={id} />}
    </>
  );
}

function Results({ id, instructions }: { id: string; instructions: string }) {
  const { t } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({
    query: EvaluationDocument,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  useEvaluationNews(again);
  if (error) return <FailureNote failure={toApiFailure(error)} onRetry={again} />;
  if (!data) return fetching ? <Loading /> : null;
  return (
    <>
      {instructions !== '' && (
        <p className="hint">
          {t('cases.with')} <bdi>{instructions}</bdi>
        </p>
      )}
      <CaseResults title={t('cases.results')} results={data.evaluation?.results ?? []} />
    </>
  );
}

/** What the words of this run changed against those of the one before. */
function Comparison({ before, after }: { before: string; after: string }) {
  const { t, i18n } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({
    query: CompareEvaluationsDocument,
    variables: { before, after },
  });
  if (error)
    return <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return fetching ? <Loading /> : null;
  const { alike, better, worse } = data.compareEvaluations;
  return (
    <>
      <p>
        {t('cases.compared', {
          better: countWords(better.length, i18n.language),
          worse: countWords(worse.length, i18n.language),
          alike: countWords(alike, i18n.language),
        })}
      </p>
      {better.length > 0 && <CaseResults title={t('cases.better')} results={better.map((one) => one.after)} />}
      {worse.length > 0 && <CaseResults title={t('cases.worse')} results={worse.map((one) => one.after)} />}
    </>
  );
}
