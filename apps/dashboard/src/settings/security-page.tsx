import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  RevokeOtherSessionsDocument,
  RevokeSessionDocument,
  SessionsDocument,
  toApiFailure,
} from '../api/documents.js';
import { Button } from '../ui/button.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import { FailureNote, Loading } from '../ui/states.js';
import { fullTime } from '../ui/time.js';
import { browserWords } from './browser-words.js';
import { TwoFactor } from './two-factor.js';

/** What keeps an account its person's: the second factor, and where it is signed in. */
export function SecurityPage() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('settings.security')}</h1>
      <TwoFactor />
      <SessionList />
    </>
  );
}

function SessionList() {
  const { t, i18n } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({ query: SessionsDocument, requestPolicy: 'cache-and-network' });
  const [, revoke] = useMutation(RevokeSessionDocument);
  const [others, revokeOthers] = useMutation(RevokeOtherSessionsDocument);
  const again = () => reload({ requestPolicy: 'network-only' });
  const told = (result: { error?: Parameters<typeof toApiFailure>[0] | undefined }) => {
    if (result.error) return notify(failureSentence(toApiFailure(result.error), t), 'error');
    notify(t('sessions.ended'));
    again();
  };
  const sessions = data?.sessions ?? [];
  return (
    <section>
      <h2>{t('sessions.title')}</h2>
      <p className="hint">{t('sessions.lead')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={again} />}
      {!data && fetching && <Loading />}
      <ul className="cards">
        {sessions.map((session) => (
          <li key={session.id} className="card">
            <div className="card-head">
              <strong>{browserWords(session.userAgent) ?? t('sessions.unknown')}</strong>
              {session.current && <span className="chip status-connected">{t('sessions.current')}</span>}
              {!session.current && (
                <Button
                  size="small"
                  tone="danger"
                  className="push-end"
                  onClick={() => void revoke({ id: session.id }).then(told)}
                >
                  {t('sessions.end')}
                </Button>
              )}
            </div>
            <p className="hint">
              {session.ip && <bdi>{session.ip}</bdi>}
              {session.ip && ' · '}
              {t('sessions.since', { time: fullTime(session.createdAt, i18n.language) })} ·{' '}
              {t('sessions.seen', { time: fullTime(session.lastSeenAt, i18n.language) })}
            </p>
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button tone="danger" busy={others.fetching} onClick={() => void revokeOthers({}).then(told)}>
          {t('sessions.endOthers')}
        </Button>
      )}
    </section>
  );
}
