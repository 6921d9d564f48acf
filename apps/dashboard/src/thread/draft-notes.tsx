import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SourcePartsFragment } from '../inbox/types.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { runErrorWords, whyNone } from './draft-words.js';
import type { OpenConversation } from './thread.js';

/** Says that there is no answer, why, and what helps. */
export function NoAnswer({ draft }: { draft: NonNullable<OpenConversation['draft']> }) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const why = whyNone(draft.run);
  const error = draft.run && runErrorWords(draft.run, t);
  return (
    <div className="draft-none">
      <p>
        <strong>{t(`suggestion.none_${why}`)}</strong>
      </p>
      <p className="hint">{t(`suggestion.help_${why}`)}</p>
      {why === 'model' && error && (
        <p className="hint" dir="auto">
          {error}
        </p>
      )}
      {why !== 'model' && mayAdminister && (
        <Link className="button plain small" href="/settings/knowledge">
          {t('suggestion.addKnowledge')}
        </Link>
      )}
    </div>
  );
}

interface WarningProps {
  sources: readonly SourcePartsFragment[];
  action: string;
  onGo: () => void;
  onStay: () => void;
}

/** Asks once before words leave that rest on what is for the team alone. */
export function InternalWarning({ sources, action, onGo, onStay }: WarningProps) {
  const { t } = useTranslation();
  const stay = useRef<HTMLButtonElement>(null);
  // Enter alone does not go past the question.
  useEffect(() => stay.current?.focus(), []);
  return (
    <div className="draft-warning" role="alertdialog" aria-label={t('suggestion.internalTitle')}>
      <p>
        <Icon name="lock" size={16} /> <strong>{t('suggestion.internalTitle')}</strong>
      </p>
      <p>
        {t('suggestion.internalHint')} <bdi>{[...new Set(sources.map(({ title }) => title))].join(', ')}</bdi>
      </p>
      <div className="button-row">
        <Button ref={stay} size="small" onClick={onStay}>
          {t('suggestion.leaveIt')}
        </Button>
        <Button size="small" onClick={onGo}>
          {action}
        </Button>
      </div>
    </div>
  );
}
