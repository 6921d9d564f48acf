import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { Icon, type IconName } from '../ui/icon.js';
import { AiPage } from './ai-page.js';
import { BotsPage } from './bots-page.js';
import { ChannelsPage } from './channels-page.js';
import { ConnectPage } from './connect-page.js';
import { KnowledgePage } from './knowledge-page.js';
import { RepliesPage } from './replies-page.js';
import { TokensPage } from './tokens-page.js';
import { WorkspacePage } from './workspace-page.js';

const places: { name: string; icon: IconName }[] = [
  { name: 'channels', icon: 'plug' },
  { name: 'bots', icon: 'bot' },
  { name: 'knowledge', icon: 'book' },
  { name: 'ai', icon: 'spark' },
  { name: 'replies', icon: 'bolt' },
  { name: 'tokens', icon: 'key' },
  { name: 'workspace', icon: 'people' },
];

export default function SettingsPage() {
  const { t } = useTranslation();
  const [path] = useLocation();
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label={t('nav.settings')}>
        <p className="settings-title">{t('nav.settings')}</p>
        <ul>
          {places.map(({ name, icon }) => (
            <li key={name}>
              <Link href={`/settings/${name}`} aria-current={path.startsWith(`/settings/${name}`) ? 'page' : undefined}>
                <Icon name={icon} size={16} /> {t(`settings.${name}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main className="settings-main" id="content" tabIndex={-1}>
        <Switch>
          <Route path="/settings/channels">
            <ChannelsPage />
          </Route>
          <Route path="/settings/channels/connect/:kind">
            <ConnectPage />
          </Route>
          <Route path="/settings/bots">
            <BotsPage />
          </Route>
          <Route path="/settings/knowledge">
            <KnowledgePage />
          </Route>
          <Route path="/settings/ai">
            <AiPage />
          </Route>
          <Route path="/settings/replies">
            <RepliesPage />
          </Route>
          <Route path="/settings/tokens">
            <TokensPage />
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
