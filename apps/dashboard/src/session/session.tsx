import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { SignOutDocument, ViewerDocument, toApiFailure, type ApiFailure, type ViewerQuery } from '../api/documents.js';
import { connectAccount } from '../api/client.js';
import { forgetInBrowser } from './local-traces.js';

export type Viewer = NonNullable<ViewerQuery['viewer']>;

type State =
  | { state: 'loading' }
  | { state: 'failed'; failure: ApiFailure }
  | { state: 'signed-out' }
  | { state: 'signed-in'; viewer: Viewer };

type Session = State & {
  account: ReturnType<typeof connectAccount>;
  reload: () => void;
  signOut: () => Promise<void>;
  signedOut: () => void;
};

const SessionContext = createContext<Session | null>(null);
const workspaceName = 'parley.workspace';

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider');
  return session;
}

/** Who is here. The cookie is the browser's alone; this only asks the server whom it stands for. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const account = useRef(connectAccount()).current;
  const [state, setState] = useState<State>({ state: 'loading' });
  const reload = useCallback(() => {
    void account
      .query(ViewerDocument, {})
      .toPromise()
      .then(({ data, error }) => {
        if (data?.viewer) return setState({ state: 'signed-in', viewer: data.viewer });
        const failure = error && toApiFailure(error);
        if (failure && failure.code !== 'UNAUTHENTICATED') return setState({ state: 'failed', failure });
        setState({ state: 'signed-out' });
      });
  }, [account]);
  useEffect(reload, [reload]);
  const signedOut = useCallback(() => setState({ state: 'signed-out' }), []);
  // However it came about: signed out here, expired, or revoked from elsewhere. What was open has closed by now, and writes
  // nothing down any more.
  useEffect(() => {
    if (state.state === 'signed-out') void forgetInBrowser();
  }, [state.state]);
  const value = useMemo<Session>(
    () => ({
      ...state,
      account,
      reload,
      signedOut,
      signOut: async () => {
        await account.mutation(SignOutDocument, {}).toPromise();
        signedOut();
      },
    }),
    [state, account, reload, signedOut],
  );
  return <SessionContext value={value}>{children}</SessionContext>;
}

/** The workspace to open: the last one used here, if the person still belongs to it. */
export function lastWorkspace(viewer: Viewer): string | null {
  const ids = viewer.memberships.map((membership) => membership.workspace.id);
  const last = localStorage.getItem(workspaceName);
  return last && ids.includes(last) ? last : (ids[0] ?? null);
}

export function rememberWorkspace(id: string): void {
  localStorage.setItem(workspaceName, id);
}
