import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { withWords } from '../i18n/index.js';
import { Icon } from '../ui/icon.js';
import { NoPermission } from '../ui/no-permission.js';
import { part } from '../ui/part.js';
import { Loading } from '../ui/states.js';
import { useSession } from '../session/session.js';
import { useWorkspace } from '../session/workspace.js';
import { AiPage } from './ai-page.js';
import { AuditPage } from './audit-page.js';
import { BillingPage } from './billing/billing-page.js';
import { useBilling } from './billing/use-billing.js';
import { BotsPage } from './bots-page.js';
import { ChannelPage } from './channels/channel-page.js';
import { NewWebChatPage } from './channels/web-chat-page.js';
import { ChannelsPage } from './channels-page.js';
import { ConnectPage } from './connect-page.js';
import { FormsPage } from './forms-page.js';
import { KnowledgePage } from './knowledge-page.js';
import { MembersPage } from './members-page.js';
import { NotificationsPage } from './notifications-page.js';
import { ownPlaces, placesFor, workPlaces, type SettingsPlace } from './places.js';
import { ProfilePage } from './profile-page.js';
import { QuestionsPage } from './questions/questions-page.js';
import { RepliesPage } from './replies-page.js';
import { SecurityPage } from './security-page.js';
import { ShopifyPage } from './shopify/shopify-page.js';
import { TokensPage } from './tokens-page.js';
import { WebhooksPage } from './webhooks/webhooks-page.js';
import { WorkspacePage } from './workspace-page.js';

// A legal hold is placed beside a customer too, and in the same words.
const ContactSettings = part(() => withWords(import('./contact-settings-page.js'), 'customer'));
const PrivacyDesk = part(() => withWords(import('./privacy/privacy-desk.js'), 'customer'));

export default function SettingsPage() {
  const { t } = useTranslation();
  const { workspace, mayAdminister } = useWorkspace();
  const sold = useBilling()?.sold === true;
  const session = useSession();
  const isOperator = session.state === 'signed-in' && session.viewer.instanceOperator;
  const [path] = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a phone the places stand in one line, and the one that is open may be far along it.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  return (
    <div className="settings">
      <nav
        ref={nav}
        className="settings-nav"
        aria-label={t('nav.settings')}
        // The browser leaves a place where it is that stands half outside of the line.
        onFocus={(event) => event.target.scrollIntoView({ block: 'nearest', inline: 'nearest' })}
      >
        <p className="settings-title" dir="auto">
          {workspace.name}
        </p>
        <Places places={placesFor(workPlaces, mayAdminister, sold)} />
        <p className="settings-title">{t('settings.you')}</p>
        <Places places={ownPlaces} />
        {isOperator && (
          <>
            <p className="settings-title">{t('instance.deployment')}</p>
            <ul>
              <li>
                <Link href="~/instance/privacy">
                  <Icon name="shield" size={16} /> {t('instance.nav')}
                </Link>
              </li>
            </ul>
          </>
        )}
      </nav>
      <main className="settings-main" id="content" tabIndex={-1}>
        <Switch>
          <Route path="/settings/channels">
            <ChannelsPage />
          </Route>
          <Route path="/settings/channels/connect/web-chat">
            {mayAdminister ? <NewWebChatPage /> : <NoPermission title={t('webChat.new')} />}
          </Route>
          <Route path="/settings/channels/connect/:kind">
            {mayAdminister ? <ConnectPage /> : <NoPermission title={t('channels.connect')} />}
          </Route>
          <Route path="/settings/channels/:id">
            <ChannelPage />
          </Route>
          <Route path="/settings/bots">
            <BotsPage />
          </Route>
          <Route path="/settings/knowledge">
            <KnowledgePage />
          </Route>
          <Route path="/settings/questions">
            <QuestionsPage />
          </Route>
          <Route path="/settings/ai">
            <AiPage />
          </Route>
          <Route path="/settings/replies">
            <RepliesPage />
          </Route>
          <Route path="/settings/contacts">
            <Suspense fallback={<Loading />}>
              <ContactSettings />
            </Suspense>
          </Route>
          <Route path="/settings/forms">
            <FormsPage />
          </Route>
          <Route path="/settings/shopify">
            <ShopifyPage />
          </Route>
          <Route path="/settings/webhooks">
            {mayAdminister ? <WebhooksPage /> : <NoPermission title={t('settings.webhooks')} />}
          </Route>
          <Route path="/settings/tokens">
            {mayAdminister ? <TokensPage /> : <NoPermission title={t('settings.tokens')} />}
          </Route>
          <Route path="/settings/members">
            <MembersPage />
          </Route>
          <Route path="/settings/privacy/*?">
            {mayAdminister ? (
              <Suspense fallback={<Loading />}>
                <PrivacyDesk />
              </Suspense>
            ) : (
              <NoPermission title={t('settings.privacy')} />
            )}
          </Route>
          <Route path="/settings/audit">
            {mayAdminister ? <AuditPage /> : <NoPermission title={t('settings.audit')} />}
          </Route>
          <Route path="/settings/profile">
            <ProfilePage />
          </Route>
          <Route path="/settings/security">
            <SecurityPage />
          </Route>
          <Route path="/settings/notifications">
            <NotificationsPage />
          </Route>
          <Route path="/settings/billing">
            <BillingPage />
          </Route>
          <Route path="/settings/workspace">
            <WorkspacePage />
          </Route>
          <Route>
            <Redirect to="/settings/channels" replace />
          </Route>
        </Switch>
      </main>
    </div>
  );
}

function Places({ places }: { places: readonly SettingsPlace[] }) {
  const { t } = useTranslation();
  const [path] = useLocation();
  return (
    <ul>
      {places.map(({ name, icon }) => (
        <li key={name}>
          <Link href={`/settings/${name}`} aria-current={path.startsWith(`/settings/${name}`) ? 'page' : undefined}>
            <Icon name={icon} size={16} /> {t(`settings.${name}`)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
