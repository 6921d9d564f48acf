import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiFailure } from '../api/documents.js';
import { Icon, type IconName } from './icon.js';
import { Link, useRouter } from 'wouter';
import { Button } from './button.js';
import { notify } from './notices.js';
import { failureWords } from './failure-words.js';

interface EmptyStateProps {
  icon: IconName;
  title: string;
  text?: string;
  action?: ReactNode;
}

/** An empty place says what it is for and what to do next. */
export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <span className="empty-icon">
        <Icon name={icon} size={26} />
      </span>
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {action}
    </div>
  );
}

/** Where a refusal is mended, by its code. */
const mended: Partial<Record<string, { to: string; words: string }>> = {
  FORBIDDEN: { to: '/settings/members', words: 'state.whoMay' },
  CHANNEL_EXPIRED: { to: '/settings/channels', words: 'action.toChannels' },
  PLAN_LIMIT: { to: '/settings/billing', words: 'action.toBilling' },
  EMAIL_NOT_VERIFIED: { to: '/settings/profile', words: 'settings.profile' },
};

/** A refusal in words: what happened, what to do, and the id that support can look up. */
export function FailureNote({ failure, onRetry }: { failure: ApiFailure; onRetry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const words = failureWords(failure, t);
  // Outside of a workspace there are no such pages.
  const { base } = useRouter();
  const way = base === '' ? undefined : mended[failure.code];
  return (
    <div className="failure-note" role="alert">
      <Icon name="alert" />
      <div>
        <p>
          <strong>{words.title}</strong>
        </p>
        {words.detail && <p dir="auto">{words.detail}</p>}
        <p className="hint">
          {failure.code}
          {failure.requestId && (
            <>
              {' · '}
              <button
                type="button"
                className="link-button"
                onClick={() =>
                  void navigator.clipboard?.writeText(failure.requestId ?? '').then(
                    () => notify(t('action.copied')),
                    () => notify(t('action.copyFailed'), 'error'),
                  )
                }
              >
                {t('failure.copyRequestId', { id: failure.requestId })}
              </button>
            </>
          )}
        </p>
        {failure.code === 'CURSOR_EXPIRED' ? (
          <Button size="small" onClick={() => location.reload()}>
            {t('action.reload')}
          </Button>
        ) : way ? (
          <Link href={way.to} className="button plain small">
            {t(way.words)}
          </Link>
        ) : (
          onRetry && (
            <Button size="small" onClick={onRetry}>
              {t('action.tryAgain')}
            </Button>
          )
        )}
      </div>
    </div>
  );
}

/** Shown only after 200 ms (by style sheet), so that quick answers do not flash. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <div className="loading" role="status">
      <span className="spinner" aria-hidden="true" />
      <span className="visually-hidden">{t('state.loading')}</span>
    </div>
  );
}
