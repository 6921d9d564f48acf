import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { IconButton } from '../ui/button.js';
import { countWords } from '../ui/time.js';
import { useInboxCounts } from './inbox-counts.js';
import { usePlace } from './place.js';
import { SavedViewLinks } from './saved-view-links.js';
import { views, type View } from './views.js';

/** The ways to the views, with how much is in them: one line, which scrolls and can be unfolded, so that the list has the room. */
export function ViewLinks({ view, onManage }: { view: View | null; onManage: () => void }) {
  const { t, i18n } = useTranslation();
  const { search } = usePlace();
  const [unfolded, setUnfolded] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const counts = useInboxCounts();
  const counted = counts !== null;
  // The one that is open may stand far along its line, and farther once the counts are there.
  useEffect(() => {
    for (const open of whole.current?.querySelectorAll('[aria-current]') ?? [])
      open.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [view, search, unfolded, counted]);
  const countOf: Partial<Record<View, number>> = counts
    ? {
        open: counts.open,
        mine: counts.mine,
        unassigned: counts.unassigned,
        unread: counts.unread,
        mentioned: counts.mentioned,
        drafted: counts.drafted,
      }
    : {};
  return (
    <div ref={whole} className={unfolded ? 'views unfolded' : 'views'}>
      <div className="view-line">
        <nav className="view-links" aria-label={t('inbox.views')}>
          {views.map((name) => (
            <Link key={name} href={`/inbox/${name}`} aria-current={name === view ? 'page' : undefined}>
              {t(`view.${name}`)}
              {countOf[name] ? <span className="view-count">{countWords(countOf[name], i18n.language)}</span> : null}
            </Link>
          ))}
        </nav>
        <IconButton
          className="unfold"
          icon="down"
          label={t('inbox.allViews')}
          aria-expanded={unfolded}
          onClick={() => setUnfolded(!unfolded)}
        />
      </div>
      <SavedViewLinks onManage={onManage} />
    </div>
  );
}
