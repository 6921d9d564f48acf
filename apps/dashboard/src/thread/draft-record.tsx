import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { WhatWasSentDocument, toApiFailure } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { FailureNote, Loading } from '../ui/states.js';
import { fullTime } from '../ui/time.js';
import { RunParts } from './run-parts.js';

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
          <RunRecord conversationId={conversationId} runId={runId} onClose={() => setOpen(false)} />,
          document.body,
        )}
    </>
  );
}

/** What left for the model and what came back: of one run first, then of the others of its conversation. */
export function RunRecord({
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
