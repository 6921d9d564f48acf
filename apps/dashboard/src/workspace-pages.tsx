import { Suspense, useEffect, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { keyOf } from './actions/keys.js';
import { useActions, useShortcutKeys } from './actions/use-actions.js';
import { usePlaceActions } from './actions/place-actions.js';
import { ChannelBanner } from './inbox/channel-banner.js';
import { InboxPage } from './inbox/inbox-page.js';
import { withWords } from './i18n/index.js';
import { useUnreadCount } from './inbox/inbox-counts.js';
import { Arrivals } from './live/arrivals.js';
import { LiveBanner } from './live/live-banner.js';
import { RecipientsBanner } from './session/recipients-banner.js';
import { PoliciesBanner } from './session/policies-banner.js';
import { UndoToast } from './undo/undo-toast.js';
import { BillingBanner } from './settings/billing/billing-banner.js';
import { OverdueBanner } from './settings/privacy/overdue-banner.js';
import { VerifyBanner } from './session/verify-banner.js';
import { Icon, type IconName } from './ui/icon.js';
import { IconButton } from './ui/button.js';
import { Loading } from './ui/states.js';
import { keyName } from './ui/key-cap.js';
import { workerAddress } from './ui/trusted.js';
import { fetchPart, part } from './ui/part.js';

const SettingsPage = part(() => withWords(import('./settings/settings-page.js')));
const SearchPage = part(() => import('./search/search-page.js'));
const ReportsPage = part(() => withWords(import('./reports/reports-page.js')));
const ContactsPage = part(() => withWords(import('./contacts/contacts-page.js'), 'customer'));
const LeadsPage = part(() => withWords(withWords(import('./leads/leads-page.js'), 'customer'), 'leads'));
const ImportPage = part(() => withWords(import('./import/import-page.js'), 'leads'));
const AvailabilityMenu = part(() => import('./live/availability-menu.js'));
const ShortcutSheet = part(() => withWords(import('./actions/shortcut-sheet.js')));
const fetchPalette = () => fetchPart(() => withWords(import('./palette/palette.js'))).then((module) => module.default);

/** The frame around every page of a workspace, and which page an address means. */
export function WorkspacePages() {
  const { t } = useTranslation();
  const [sheet, setSheet] = useState(false);
  const palette = usePalette();
  useShortcutKeys();
  useServiceWorker();
  usePlaceActions();
  useActions({ sheet: () => setSheet(true), palette: palette.open });
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      <Rail onShortcuts={() => setSheet(true)} onCommands={palette.open} />
      <div className="stage">
        <div className="banners">
          <LiveBanner />
          <BillingBanner />
          <ChannelBanner />
          <OverdueBanner />
          <VerifyBanner />
          <PoliciesBanner />
          <RecipientsBanner />
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
            <Route path="/leads/import/:importId?">
              <ImportPage />
            </Route>
            <Route path="/leads/:leadId?">
              <LeadsPage />
            </Route>
            <Route path="/reports">
              <ReportsPage />
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
      <UndoToast />
      {sheet && (
        <Suspense fallback={null}>
          <ShortcutSheet onClose={() => setSheet(false)} />
        </Suspense>
      )}
      {palette.shown}
    </div>
  );
}

/** With it the pages can be installed, and say so where there is no network. Nothing waits for it, and without it all is there. */
function useServiceWorker(): void {
  useEffect(() => {
    const timer = setTimeout(
      () => void navigator.serviceWorker?.register(workerAddress()).catch(() => undefined),
      3_000,
    );
    return () => clearTimeout(timer);
  }, []);
}

/** The palette, which is fetched while nothing else happens, so that it is there at once when it is asked for. */
function usePalette() {
  const [Palette, setPalette] = useState<ComponentType<{ onClose: () => void }> | null>(null);
  const [open, setOpen] = useState(false);
  const fetchIt = () =>
    void fetchPalette().then(
      (fetched) => setPalette(() => fetched),
      () => undefined,
    );
  useEffect(() => {
    const timer = setTimeout(fetchIt, 1_500);
    return () => clearTimeout(timer);
  }, []);
  return {
    open: () => {
      if (!Palette) fetchIt();
      setOpen(true);
    },
    shown: open && Palette ? <Palette onClose={() => setOpen(false)} /> : null,
  };
}

function Rail({ onShortcuts, onCommands }: { onShortcuts: () => void; onCommands: () => void }) {
  const { t } = useTranslation();
  const [path] = useLocation();
  const unread = useUnreadCount();
  const places: { to: string; start: string; icon: IconName; label: string; count?: number }[] = [
    { to: '/inbox/open', start: '/inbox', icon: 'inbox', label: t('nav.inbox'), count: unread },
    { to: '/search', start: '/search', icon: 'search', label: t('nav.search') },
    { to: '/leads', start: '/leads', icon: 'target', label: t('nav.leads') },
    { to: '/contacts', start: '/contacts', icon: 'people', label: t('nav.contacts') },
    { to: '/reports', start: '/reports', icon: 'chart', label: t('nav.reports') },
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
      <div className="rail-foot">
        <Suspense fallback={null}>
          <AvailabilityMenu />
        </Suspense>
        <IconButton
          icon="command"
          label={`${t('command.palette')} (${keyName(keyOf('palette') ?? '–')})`}
          onClick={onCommands}
        />
        <IconButton icon="keyboard" label={t('nav.shortcuts')} onClick={onShortcuts} />
      </div>
    </nav>
  );
}
