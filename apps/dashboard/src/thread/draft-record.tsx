import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { WhatWasSentDocument, toApiFailure, type WhatWasSentQuery } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { FailureNote, Loading } from '../ui/states.js';
import { fullTime } from '../ui/time.js';
import { runErrorWords } from './draft-words.js';
import { sentParts } from './sent-parts.js';

type Run = WhatWasSentQuery['aiRuns']['nodes'][number];

/** Opens what left for the model and what came back, one click away from the draft. */
export function DraftRecord({ conversationId, runId }: { conversationId: string; runId: string | null }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" tone="quiet" className="draft-record" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('suggestion.record')}
      </Button>
      {open &&
        createPortal(
          <Record conversationId={conversationId} runId={runId} onClose={() => setOpen(false)} />,
          document.body,
        )}
    </>
  );
}

function Record({
  conversationId,
  runId,
  onClose,
}: {
  conversationId: string;
  runId: string | null;
  onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const [{ data, error, fetching }] = useQuery({
    query: WhatWasSentDocument,
    variables: { conversationId, first: 20 },
    requestPolicy: 'network-only',
  });
  const runs = data?.aiRuns.nodes ?? [];
  const own = runs.find(({ id }) => id === runId);
  const others = runs.filter((run) => run !== own);
  return (
    <Dialog title={t('suggestion.record')} onClose={onClose} wide>
      <div className="stack">
        {error && <FailureNote failure={toApiFailure(error)} />}
        {fetching && !data && <Loading />}
        {data && !own && (
          <p className="hint">{t(runs.length === 0 ? 'suggestion.nothingSent' : 'suggestion.notYet')}</p>
        )}
        {own && <RunParts run={own} />}
        {others.length > 0 && <h3>{t('suggestion.earlier')}</h3>}
        {others.map((run) => (
          <details key={run.id}>
            <summary>
              {fullTime(run.at, i18n.language)} · <bdi>{run.model}</bdi> · {t(`aiOutcome.${run.outcome}`)}
            </summary>
            <RunParts run={run} />
          </details>
        ))}
      </div>
    </Dialog>
  );
}

function RunParts({ run }: { run: Run }) {
  const { t, i18n } = useTranslation();
  const quoted = run.provider === 'quote';
  return (
    <div className="stack run-parts">
      <p className="hint">
        {fullTime(run.at, i18n.language)} ·{' '}
        {quoted ? t('suggestion.noModel') : <bdi>{`${run.model} (${run.provider})`}</bdi>} ·{' '}
        {t(`aiOutcome.${run.outcome}`)}
        {!quoted && (
          <> · {t('suggestion.cost', { sent: run.promptTokens, back: run.completionTokens, ms: run.latencyMs })}</>
        )}
      </p>
      {run.masked.length > 0 && <p className="hint">{t('suggestion.masked', { what: run.masked.join(', ') })}</p>}
      {run.error && (
        <p className="field-error" dir="auto">
          {runErrorWords(run, t)}
        </p>
      )}
      <p>
        <strong>{t(quoted ? 'suggestion.lookedFor' : 'suggestion.left')}</strong>
      </p>
      {sentParts(run.request).map((part, index) => (
        <div key={index}>
          {part.role && <p className="hint">{t(`suggestion.role_${part.role}`)}</p>}
          <pre dir="auto" tabIndex={0} aria-label={t('suggestion.left')}>
            {part.text}
          </pre>
        </div>
      ))}
      <p>
        <strong>{t('suggestion.cameBack')}</strong>
      </p>
      {run.response ? (
        <pre dir="auto" tabIndex={0} aria-label={t('suggestion.cameBack')}>
          {run.response}
        </pre>
      ) : (
        <p className="hint">{t('suggestion.nothingBack')}</p>
      )}
    </div>
  );
}
