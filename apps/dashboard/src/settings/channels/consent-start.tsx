import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useLocation } from 'wouter';
import {
  StartChannelAuthorizationDocument,
  toApiFailure,
  type AuthorizationPartsFragment,
  type ChannelKind,
} from '../../api/documents.js';
import { Button } from '../../ui/button.js';
import { safeHref } from '../../ui/safe-text.js';
import { FailureNote } from '../../ui/states.js';
import type { ConnectKind } from '../connect-forms.js';
import { PermissionList } from './permission-list.js';
import { inReadersWords } from './refusal-words.js';
import { awaitReturn } from './return-notice.js';
import { readSignupNews, type SignupNews } from './signup-window.js';

/** Kinds that a platform's own consent page connects; `window`: it is shown beside this page, which it tells how far it is. */
const consentKinds: Partial<Record<ConnectKind, { kind: ChannelKind; window: boolean }>> = {
  messenger: { kind: 'MESSENGER', window: false },
  instagram: { kind: 'INSTAGRAM', window: false },
  whatsapp: { kind: 'WHATSAPP', window: true },
};

/** Whether there is such a page for a kind. */
export function hasConsent(kind: ConnectKind): boolean {
  return consentKinds[kind] !== undefined;
}

/** Connects by the platform's consent page: first what it will ask for and why, then the way there. */
export function ConsentStart({ kind }: { kind: ConnectKind }) {
  const { t } = useTranslation();
  const way = consentKinds[kind];
  const [{ error, fetching }, start] = useMutation(StartChannelAuthorizationDocument);
  const [begun, setBegun] = useState<AuthorizationPartsFragment | null>(null);
  if (!way) return null;
  if (begun) return <BeforeConsent kind={kind} window={way.window} begun={begun} onCancel={() => setBegun(null)} />;
  return (
    <section>
      <h2>{t(`consent.${kind}.title`)}</h2>
      <p>{t(`consent.${kind}.lead`)}</p>
      {error && <FailureNote failure={inReadersWords(toApiFailure(error), t)} />}
      <Button
        tone="primary"
        busy={fetching}
        onClick={() =>
          void start({ kind: way.kind }).then(({ data }) => data && setBegun(data.startChannelAuthorization))
        }
      >
        {t(`consent.${kind}.begin`)}
      </Button>
    </section>
  );
}

interface BeforeProps {
  kind: ConnectKind;
  window: boolean;
  begun: AuthorizationPartsFragment;
  onCancel: () => void;
}

function BeforeConsent({ kind, window: inWindow, begun, onCancel }: BeforeProps) {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  const signup = useSignupWindow(begun);
  const address = safeHref(begun.authorizationUrl);
  useEffect(() => title.current?.focus(), []);
  const go = () => {
    if (address === null) return;
    if (!inWindow || !signup.open(address)) location.assign(address);
  };
  return (
    <section aria-labelledby="consent-title">
      <h2 id="consent-title" ref={title} tabIndex={-1}>
        {t('consent.askedFor')}
      </h2>
      <p>{t('consent.askedForText')}</p>
      <PermissionList permissions={begun.permissions} answered={false} />
      <p className="hint">
        <a href="/privacy/permissions" target="_blank" rel="noopener">
          {t('consent.published')}
        </a>
      </p>
      {signup.state !== 'closed' && (
        <p role="status" className="callout">
          {signup.news?.kind === 'cancelled' ? cancelledWords(signup.news, t) : t('consent.goOnInWindow')}
        </p>
      )}
      <div className="button-row">
        <Button tone="primary" onClick={go}>
          {t(`consent.${kind}.go`)}
        </Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </section>
  );
}

/** The platform's window beside this page: what it tells, and the way on once the person is back in it. */
function useSignupWindow({ state }: AuthorizationPartsFragment) {
  const [, navigate] = useLocation();
  const [shown, setShown] = useState<'closed' | 'open'>('closed');
  const [news, setNews] = useState<SignupNews | null>(null);
  const opened = useRef<{ origin: string; window: Window } | null>(null);
  const chosen = useRef<string | null>(null);
  useEffect(() => {
    const onMessage = (event: MessageEvent) => {
      const told = opened.current && readSignupNews(event, opened.current);
      if (!told) return;
      if (told.kind === 'finished') chosen.current = told.phoneNumberId;
      setNews(told);
    };
    addEventListener('message', onMessage);
    const stop = awaitReturn(state, () => {
      const query = new URLSearchParams({ authorization: state, ...(chosen.current && { chosen: chosen.current }) });
      navigate(`/settings/channels?${query.toString()}`);
    });
    return () => {
      removeEventListener('message', onMessage);
      stop();
    };
  }, [state, navigate]);
  /** False where the browser opens no window. */
  const open = (address: string): boolean => {
    const window = globalThis.open(address, 'parley-signup', 'popup,width=620,height=760');
    if (!window) return false;
    opened.current = { origin: new URL(address).origin, window };
    setNews(null);
    setShown('open');
    return true;
  };
  return { state: shown, news, open };
}

function cancelledWords(
  { step, message }: Extract<SignupNews, { kind: 'cancelled' }>,
  t: ReturnType<typeof useTranslation>['t'],
): string {
  if (message !== null) return t('consent.windowFailed', { reason: message });
  return step === null ? t('consent.windowLeft') : t('consent.windowLeftAt', { step });
}
