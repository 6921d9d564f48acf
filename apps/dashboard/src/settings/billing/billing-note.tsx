import { useState } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useWorkspace } from '../../session/workspace.js';
import { Icon } from '../../ui/icon.js';
import { IconButton } from '../../ui/button.js';
import { fullDate } from '../../ui/time.js';
import { hasStopped, type BillingNews } from './billing-news.js';
import { useOwners } from './use-owners.js';

interface Props {
  readonly news: BillingNews;
  readonly now: number;
}

/** What goes on and what stops, and where that is mended. What has not stopped yet can be put away for the day. */
export default function BillingNote({ news, now }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace, me } = useWorkspace();
  const owners = useOwners();
  const place = `parley.billing-note.${workspace.id}`;
  const today = `${news.kind} ${new Date(now).toDateString()}`;
  const [away, setAway] = useState(() => kept(place));
  if (!hasStopped(news) && away === today) return null;
  const putAway = () => {
    keep(place, today);
    setAway(today);
  };
  return (
    <div
      className={news.kind === 'trialEnds' || news.kind === 'ends' ? 'top-banner' : 'channel-banner'}
      role="region"
      aria-label={t('billing.region')}
    >
      <Icon name="alert" size={16} />
      <span>
        {newsWords(news, t, i18n.language)} {me?.role !== 'OWNER' && t('billing.ownersMay', { names: owners })}
      </span>
      <Link href="/settings/billing" className="button plain small">
        {t('action.toBilling')}
      </Link>
      {!hasStopped(news) && <IconButton icon="close" label={t('billing.putAway')} onClick={putAway} />}
    </div>
  );
}

function newsWords(news: BillingNews, t: TFunction, language: string): string {
  if (news.kind === 'trialEnds' || news.kind === 'ends')
    return t(`billing.news.${news.kind}`, { count: news.days, date: fullDate(news.at, language) });
  return t(`billing.news.${news.kind}`, news.kind === 'pastDue' ? { date: fullDate(news.at, language) } : {});
}

function kept(place: string): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null;
  }
}

function keep(place: string, today: string): void {
  try {
    localStorage.setItem(place, today);
  } catch {
    // Blocked storage: it is away until the page is left.
  }
}
