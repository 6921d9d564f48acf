import { Route, Switch } from 'wouter';
import { HoldsPage } from './holds-page.js';
import { OpenRequestPage } from './open-request-page.js';
import { QueuePage } from './queue-page.js';
import { RequestPage } from './request-page.js';

/** What people ask for under the law, and what may not be erased: the pages of those who answer for it. */
export default function PrivacyDesk() {
  return (
    <Switch>
      <Route path="/settings/privacy">
        <QueuePage />
      </Route>
      <Route path="/settings/privacy/new">
        <OpenRequestPage />
      </Route>
      <Route path="/settings/privacy/holds">
        <HoldsPage />
      </Route>
      <Route path="/settings/privacy/:id">
        <RequestPage />
      </Route>
    </Switch>
  );
}
