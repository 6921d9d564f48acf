import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { PrivacyFiguresDocument } from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { Icon } from '../../ui/icon.js';
import { useDeskNews } from './use-desk-news.js';

/** Says on every page that the day of a privacy request has passed, to those who may settle it. */
export function OverdueBanner() {
  const { t } = useTranslation();
  const { me } = useWorkspace();
  const maySettle = me?.role === 'OWNER' || me?.role === 'ADMIN';
  const [{ data }, reload] = useQuery({ query: PrivacyFiguresDocument, pause: !maySettle });
  useDeskNews(() => maySettle && reload({ requestPolicy: 'network-only' }));
  const overdue = data?.privacyFigures.overdue ?? 0;
  if (overdue === 0) return null;
  return (
    <div className="channel-banner" role="region" aria-label={t('overdue.region')}>
      <Icon name="alert" size={16} />
      <span>{t('overdue.banner', { number: overdue })}</span>
      <Link href="/settings/privacy" className="button plain small">
        {t('overdue.open')}
      </Link>
    </div>
  );
}
