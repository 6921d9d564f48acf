import { Suspense, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { SourcePartsFragment } from '../inbox/types.js';
import { Icon } from '../ui/icon.js';
import { draftingPart } from './fetch-drafting.js';

const SourceDialog = draftingPart('SourceDialog');

/** Where an answer comes from: its sources by their titles, each of which opens the very passage. */
export function Sources({ sources, text }: { sources: readonly SourcePartsFragment[]; text: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<number | null>(null);
  const shown = open === null ? undefined : sources[open];
  if (sources.length === 0) return null;
  return (
    <div className="sources">
      <span className="hint">{t('draft.sources')}</span>
      {sources.map((source, index) => (
        <button
          key={index}
          type="button"
          className={source.internal ? 'source internal' : 'source'}
          aria-haspopup="dialog"
          onClick={() => setOpen(index)}
        >
          <Icon name={source.internal ? 'lock' : 'book'} size={14} /> <bdi>{source.title}</bdi>
          {source.page !== null && <span> · {t('draft.page', { page: source.page })}</span>}
          {source.internal && <span> · {t('draft.internal')}</span>}
        </button>
      ))}
      {shown &&
        createPortal(
          <Suspense fallback={null}>
            <SourceDialog source={shown} text={text} onClose={() => setOpen(null)} />
          </Suspense>,
          document.body,
        )}
    </div>
  );
}
