import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ChannelsDocument } from '../api/documents.js';
import { useInstance } from '../settings/instance.js';
import { SandboxLink } from '../settings/sandbox-link.js';
import { EmptyState } from '../ui/states.js';
import { Button } from '../ui/button.js';
import type { View } from './views.js';
import { part } from '../ui/part.js';

const FirstSteps = part(() => import('./first-steps.js').then((module) => ({ default: module.FirstSteps })));

/** An empty list teaches the next step; on small screens, where nothing stands beside it, with the whole way to a first reply. */
export function ListEmpty({ view, onClear }: { view: View; onClear: (() => void) | null }) {
  const { t } = useTranslation();
  if (onClear) {
    return (
      <div className="list-empty">
        <EmptyState
          icon="search"
          title={t('filter.noMatch')}
          text={t('filter.noMatchHint')}
          action={<Button onClick={onClear}>{t('filter.clear')}</Button>}
        />
      </div>
    );
  }
  return (
    <div className="list-empty">
      <NextStep view={view} />
      <div className="only-narrow">
        <Suspense fallback={null}>
          <FirstSteps otherwise={null} />
        </Suspense>
      </div>
    </div>
  );
}

function NextStep({ view }: { view: View }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: ChannelsDocument });
  const { sandboxUrl } = useInstance();
  const connected = data?.channels.filter((channel) => channel.status !== 'DISCONNECTED').length;
  if (connected === 0) {
    return (
      <EmptyState
        icon="plug"
        title={t('empty.noChannel')}
        text={t('empty.noChannelHint')}
        action={
          <Link href="/settings/channels" className="button primary medium">
            {t('channels.connect')}
          </Link>
        }
      />
    );
  }
  if (view !== 'open' && view !== 'all') {
    return (
      <EmptyState
        icon="inbox"
        title={t('empty.view')}
        text={t(`empty.viewHint.${view}`)}
        action={
          <Link href="/inbox/all" className="button plain medium">
            {t('empty.showAll')}
          </Link>
        }
      />
    );
  }
  return (
    <EmptyState
      icon="inbox"
      title={t('empty.waiting')}
      text={t('empty.waitingHint')}
      action={
        sandboxUrl ? (
          <SandboxLink />
        ) : (
          <Link href="/settings/channels" className="button plain medium">
            {t('action.toChannels')}
          </Link>
        )
      }
    />
  );
}
