import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Provider } from 'urql';
import { Link, Redirect, Route, Switch } from 'wouter';
import { connectInstance } from '../api/client.js';
import { useSession } from '../session/session.js';
import { Icon } from '../ui/icon.js';
import { EmptyState } from '../ui/states.js';
import { InstanceDeskPage } from './instance-desk-page.js';
import { InstanceRequestPage } from './instance-request-page.js';

/** What those who run the deployment see of all of it: in no workspace, and for nobody else. */
export default function InstancePages() {
  const { t } = useTranslation();
  const session = useSession();
  const [client] = useState(() => connectInstance(session.signedOut));
  const isOperator = session.state === 'signed-in' && session.viewer.instanceOperator;
  return (
    <div className="instance">
      <a className="skip-link" href="#content">
        {t('nav.skip')}
      </a>
      <header className="instance-head">
        <Link href="/" className="back-link">
          <Icon name="back" size={16} /> {t('instance.back')}
        </Link>
      </header>
      <main className="settings-main" id="content" tabIndex={-1}>
        {isOperator ? (
          <Provider value={client}>
            <Switch>
              <Route path="/instance/privacy">
                <InstanceDeskPage />
              </Route>
              <Route path="/instance/privacy/:id">
                <InstanceRequestPage />
              </Route>
              <Route>
                <Redirect to="/instance/privacy" replace />
              </Route>
            </Switch>
          </Provider>
        ) : (
          <>
            <h1>{t('instance.title')}</h1>
            <EmptyState icon="lock" title={t('instance.notYours')} text={t('instance.notYoursHint')} />
          </>
        )}
      </main>
    </div>
  );
}
