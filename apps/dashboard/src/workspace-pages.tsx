import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { ChannelBanner } from './inbox/channel-banner.js';
import { InboxPage } from './inbox/inbox-page.js';
import { useUnreadCount } from './inbox/inbox-counts.js';
import { Arrivals } from './live/arrivals.js';
import { LiveBanner } from './live/live-banner.js';
import { ShortcutSheet } from './shortcut-sheet.js';
import { PoliciesBanner } from './session/policies-banner.js';
import { VerifyBanner } from './session/verify-banner.js';
import { Icon, type IconName } from './ui/icon.js';
import { IconButton } from './ui/button.js';
import { Loading } from './ui/states.js';
import { useShortcuts } from './ui/shortcuts.js';

const SettingsPage = lazy(() => import('./settings/settings-page.js'));
const SearchPage = lazy(() => import('./search/search-page.js'));
const ContactsPage = lazy(() => import('./contacts/contacts-page.js'));

/** The frame around every page of a workspace, and which page an address means. */
export function WorkspacePages() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const [sheet, setSheet] = useState(false);
  useShortcuts({ '?': () => setSheet(true), '/': () => navigate('/search'), i: () => navigate('/inbox/open') });
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      <Rail onShortcuts={() => setSheet(true)} />
      <div className="stage">
        <div>
          <LiveBanner />
          <ChannelBanner />
          <VerifyBanner />
          <PoliciesBanner />
        </div>
        <Suspense fallback={<Loading />}>
          <Switch>
            <Route path="/inbox/:view/:conversationId?/:pane?">
              <InboxPage />
            </Route>
            <Route path="/search">
              <SearchPage />
            </Route>
            <Route path="/contacts">
              <ContactsPage />
            </Route>
            <Route path="/settings/*?">
              <SettingsPage />
            </Route>
            <Route>
              <Redirect to="/inbox/open" replace />
            </Route>
          </Switch>
        </Suspense>
      </div>
      <Arrivals />
      {sheet && <ShortcutSheet onClose={() => setSheet(false)} />}
    </div>
  );
}

function Rail({ onShortcuts }: { onShortcuts: () => void }) {
  const { t } = useTranslation();
  const [path] = useLocation();
  const unread = useUnreadCount();
  const places: { to: string; start: string; icon: IconName; label: string; count?: number }[] = [
    { to: '/inbox/open', start: '/inbox', icon: 'inbox', label: t('nav.inbox'), count: unread },
    { to: '/search', start: '/search', icon: 'search', label: t('nav.search') },
    { to: '/contacts', start: '/contacts', icon: 'people', label: t('nav.contacts') },
    { to: '/settings/channels', start: '/settings', icon: 'settings', label: t('nav.settings') },
  ];
  return (
    <nav className="rail" aria-label={t('nav.main')}>
      <Link href="/inbox/open" className="rail-brand" aria-label="Parley" tabIndex={-1}>
        <img src="/favicon.svg" width="30" height="30" alt="" />
      </Link>
      <ul>
        {places.map((place) => (
          <li key={place.to}>
            <Link
              href={place.to}
              className="rail-link"
              aria-current={path.startsWith(place.start) ? 'page' : undefined}
            >
              <Icon name={place.icon} size={20} />
              <span>{place.label}</span>
              {place.count ? (
                <span className="count-dot">
                  {place.count > 99 ? '99+' : place.count}
                  <span className="visually-hidden"> {t('nav.unread')}</span>
                </span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
      <IconButton className="rail-foot" icon="keyboard" label={t('nav.shortcuts')} onClick={onShortcuts} />
    </nav>
  );
}
