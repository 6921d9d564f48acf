import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ChannelsDocument } from '../api/documents.js';
import { Icon } from '../ui/icon.js';

/** Says on every page that a channel has lost its access or soon will, and where that is mended. */
export function ChannelBanner() {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: ChannelsDocument });
  const troubled = data?.channels.filter(({ status }) => status === 'EXPIRED' || status === 'EXPIRING') ?? [];
  const [first, ...more] = troubled;
  if (!first) return null;
  const to = more.length === 0 ? `/settings/channels/${first.id}` : '/settings/channels';
  return (
    <div className="channel-banner" role="region" aria-label={t('trouble.region')}>
      <Icon name="alert" size={16} />
      <span dir="auto">{t('trouble.banner', { count: troubled.length, name: first.name })}</span>
      <Link href={to} className="button plain small">
        {t('trouble.look')}
      </Link>
    </div>
  );
}
