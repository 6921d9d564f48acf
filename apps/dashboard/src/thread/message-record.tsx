import { Suspense, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { draftingPart } from './fetch-drafting.js';

const RunRecord = draftingPart('RunRecord');

/** On a message that a machine wrote or proposed: leads to all that is on record of how it was made. */
export function MessageRecord({ conversationId, runId }: { conversationId: string; runId: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      {' · '}
      <button type="button" className="link-button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('message.aiRecord')}
      </button>
      {open &&
        createPortal(
          <Suspense fallback={null}>
            <RunRecord conversationId={conversationId} runId={runId} onClose={() => setOpen(false)} />
          </Suspense>,
          document.body,
        )}
    </>
  );
}
