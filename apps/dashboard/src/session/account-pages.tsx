import { Suspense, type ReactNode } from 'react';
import { Link, Route, Switch } from 'wouter';
import { withWords } from '../i18n/index.js';
import { LanguageChoice, ThemeChoice } from '../settings/appearance.js';
import { Loading } from '../ui/states.js';
import { useSetUp } from './set-up.js';
import { part } from '../ui/part.js';

const SignInPage = part(() => withWords(import('./sign-in-page.js')));
const SetUpPage = part(() => withWords(import('./set-up-page.js')));
const SignUpPage = part(() => withWords(import('./sign-up-page.js')));

/**
 * What a person without a session sees, at whatever address: after signing in they are where they wanted to be. Before anybody
 * is in, the set-up.
 */
export function AccountPages() {
  const setUp = useSetUp();
  if (setUp === null) return <Loading />;
  if (setUp.state !== 'done') {
    return (
      <Suspense fallback={<Loading />}>
        <SetUpPage setUp={setUp} />
      </Suspense>
    );
  }
  return (
    <Suspense fallback={<Loading />}>
      <Switch>
        <Route path="/sign-up">
          <SignUpPage />
        </Route>
        <Route>
          <SignInPage />
        </Route>
      </Switch>
    </Suspense>
  );
}

interface FrameProps {
  title: string;
  lead: string;
  other?: { to: string; text: string; link: string } | null;
  children: ReactNode;
}

export function AccountFrame({ title, lead, other, children }: FrameProps) {
  return (
    <div className="account">
      <title>{`${title} · Parley`}</title>
      <main className="account-card">
        <p className="brand">
          <img src="/favicon.svg" width="32" height="32" alt="" />
          Parley
        </p>
        <h1>{title}</h1>
        <p className="lead">{lead}</p>
        {children}
        {other && (
          <p className="account-other">
            {other.text} <Link href={other.to}>{other.link}</Link>
          </p>
        )}
      </main>
      <footer className="account-foot">
        <LanguageChoice />
        <ThemeChoice />
      </footer>
    </div>
  );
}
