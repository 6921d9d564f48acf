import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import {
  EvaluationSetsDocument,
  EvaluationsDocument,
  toApiFailure,
  type BotPartsFragment,
} from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { Button } from '../../ui/button.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { countWords } from '../../ui/time.js';
import { CaseSetForm } from './case-set-form.js';
import { EvaluationCard } from './evaluation-card.js';
import { RunForm } from './run-form.js';
import { useEvaluationNews } from './use-evaluation-news.js';

/** The newest that are shown: of older ones people look at no more than the figures. */
const shown = 20;

type Writing = { readonly setId: string | null };

/** Tries a bot with cases: sets of them, a run, what came of each, and what another wording would have changed. */
export function BotCases({ bot, onDone }: { bot: BotPartsFragment; onDone: () => void }) {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [writing, setWriting] = useState<Writing | null>(null);
  const [sets, reloadSets] = useQuery({ query: EvaluationSetsDocument, requestPolicy: 'cache-and-network' });
  const [runs, reloadRuns] = useQuery({
    query: EvaluationsDocument,
    variables: { botId: bot.id, first: shown },
    requestPolicy: 'cache-and-network',
  });
  const again = () => reloadRuns({ requestPolicy: 'network-only' });
  useEvaluationNews(again);
  const failed = sets.error ?? runs.error;
  const known = sets.data?.evaluationSets ?? [];
  if (writing)
    return (
      <CaseSetForm
        set={known.find(({ id }) => id === writing.setId) ?? null}
        onDone={() => {
          setWriting(null);
          reloadSets({ requestPolicy: 'network-only' });
        }}
      />
    );
  const evaluations = runs.data?.evaluations.nodes ?? [];
  return (
    <>
      <h1>
        {t('cases.title')} <bdi>{bot.name}</bdi>
      </h1>
      <p className="lead">{t('cases.lead')}</p>
      <Gate bot={bot} />
      <div className="button-row">
        {mayWrite && (
          <Button tone="primary" icon="plus" onClick={() => setWriting({ setId: null })}>
            {t('cases.newSet')}
          </Button>
        )}
        <Button onClick={onDone}>{t('botPreview.back')}</Button>
      </div>
      {failed && <FailureNote failure={toApiFailure(failed)} onRetry={again} />}
      {!sets.data && sets.fetching && <Loading />}
      {sets.data && known.length === 0 && (
        <EmptyState icon="book" title={t('cases.empty')} text={t('cases.emptyHint')} />
      )}
      {mayWrite && known.length > 0 && (
        <RunForm bot={bot} sets={known} onStarted={again} onChange={(setId) => setWriting({ setId })} />
      )}
      {evaluations.length > 0 && (
        <section>
          <h2>{t('cases.runs')}</h2>
          <ul className="cards">
            {evaluations.map((evaluation, place) => (
              <li key={evaluation.id} className="card">
                <EvaluationCard
                  evaluation={evaluation}
                  setName={known.find(({ id }) => id === evaluation.setId)?.name ?? null}
                  before={evaluations
                    .slice(place + 1)
                    .find(({ setId, status }) => setId === evaluation.setId && status === 'DONE')}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** How far the bot is from being allowed to answer by itself, where the workspace asks for something. */
function Gate({ bot: { autoGate } }: { bot: BotPartsFragment }) {
  const { t, i18n } = useTranslation();
  const { needsPercent, reachedPercent, cases } = autoGate;
  const number = (value: number) => countWords(value, i18n.language);
  if (needsPercent === null) return null;
  return (
    <div className="callout">
      <p>
        {reachedPercent === null
          ? t('cases.gateUntried', { needs: number(needsPercent) })
          : t('cases.gate', { needs: number(needsPercent), reached: number(reachedPercent), cases: number(cases) })}
      </p>
    </div>
  );
}
