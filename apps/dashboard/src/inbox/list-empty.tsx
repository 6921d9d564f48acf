import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ChannelsDocument } from '../api/documents.js';
import { SandboxLink } from '../settings/sandbox-link.js';
import { EmptyState } from '../ui/states.js';
import { FirstSteps } from './first-steps.js';
import type { View } from './views.js';

/** An empty list teaches the next step; on small screens, where nothing stands beside it, with the whole way to a first reply. */
export function ListEmpty({ view }: { view: View }) {
  return (
    <div className="list-empty">
      <NextStep view={view} />
      <div className="only-narrow">
        <FirstSteps otherwise={null} />
      </div>
    </div>
  );
}

function NextStep({ view }: { view: View }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: ChannelsDocument });
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
  return <EmptyState icon="inbox" title={t('empty.waiting')} text={t('empty.waitingHint')} action={<SandboxLink />} />;
}
