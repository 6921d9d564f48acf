import { Suspense } from 'react';
import { Route, Router, Switch, Redirect, useLocation, useParams } from 'wouter';
import { withWords } from './i18n/index.js';
import { BrokenPage } from './ui/broken-page.js';
import { FailureNote, Loading } from './ui/states.js';
import { Notices } from './ui/notices.js';
import { SessionProvider, lastWorkspace, useSession } from './session/session.js';
import { WorkspaceProvider } from './session/workspace.js';
import { WorkspacePages } from './workspace-pages.js';
import { part } from './ui/part.js';

const AccountPages = part(() =>
  import('./session/account-pages.js').then((module) => ({ default: module.AccountPages })),
);
const NoWorkspacePage = part(() => withWords(import('./session/no-workspace-page.js')));
const InstancePages = part(() => withWords(import('./instance/instance-pages.js')));
const LinkPages = part(() => withWords(import('./session/link-pages.js')));
const mailedLinks = /^\/(verify-email|confirm-email|forgot-password|reset-password|accept-invitation)\b/u;

export function App() {
  return (
    <BrokenPage>
      <SessionProvider>
        <Entrance />
        <Notices />
      </SessionProvider>
    </BrokenPage>
  );
}

function Entrance() {
  const session = useSession();
  const [path] = useLocation();
  if (session.state === 'loading') return <Loading />;
  if (session.state === 'failed') {
    return (
      <main className="alone">
        <FailureNote failure={session.failure} onRetry={session.reload} />
      </main>
    );
  }
  if (mailedLinks.test(path)) {
    return (
      <Suspense fallback={<Loading />}>
        <LinkPages />
      </Suspense>
    );
  }
  if (session.state === 'signed-out') {
    return (
      <Suspense fallback={<Loading />}>
        <AccountPages />
      </Suspense>
    );
  }
  if (path.startsWith('/instance')) {
    return (
      <Suspense fallback={<Loading />}>
        <InstancePages />
      </Suspense>
    );
  }
  const workspaceId = lastWorkspace(session.viewer);
  if (!workspaceId) {
    return (
      <Suspense fallback={<Loading />}>
        <NoWorkspacePage />
      </Suspense>
    );
  }
  return (
    <Switch>
      <Route path="/w/:workspaceId/*?">
        <InWorkspace />
      </Route>
      <Route path="/settings">
        <Redirect to={`/w/${workspaceId}/settings/profile`} replace />
      </Route>
      <Route path="/settings/*">
        <Redirect to={`/w/${workspaceId}${path}`} replace />
      </Route>
      <Route>
        <Redirect to={`/w/${workspaceId}/inbox/open`} replace />
      </Route>
    </Switch>
  );
}

function InWorkspace() {
  const { workspaceId = '' } = useParams();
  const session = useSession();
  if (session.state !== 'signed-in') return null;
  const known = session.viewer.memberships.some((membership) => membership.workspace.id === workspaceId);
  if (!known) return <Redirect to="/" replace />;
  return (
    <Router base={`/w/${workspaceId}`}>
      <WorkspaceProvider key={workspaceId} workspaceId={workspaceId} viewer={session.viewer}>
        <WorkspacePages />
      </WorkspaceProvider>
    </Router>
  );
}
