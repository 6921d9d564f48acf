import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RegisterPushDocument } from '../api/documents.js';
import { useSession } from '../session/session.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { FailureNote } from '../ui/states.js';
import { endPush, pushState, subscribeToPush, type PushState } from './push-subscription.js';
import { useInstance } from './instance.js';

/** Whether this browser takes pushes; the browser itself asks its person before it does. */
export function PushHere() {
  const { t } = useTranslation();
  const { account } = useSession();
  const { pushKey } = useInstance();
  const { ask, busy, failure } = useAsk();
  const [state, setState] = useState<PushState | null>(null);
  const [impossible, setImpossible] = useState(false);
  const look = () => void pushState().then(setState);
  useEffect(look, []);
  const start = async () => {
    setImpossible(false);
    const subscription = pushKey && (await subscribeToPush(pushKey).catch(() => null));
    if (subscription) await ask(() => account.mutation(RegisterPushDocument, subscription).toPromise());
    else setImpossible(true);
    look();
  };
  if (state === null) return null;
  return (
    <section>
      <h2>{t('push.title')}</h2>
      <p>{t(`push.${state}`)}</p>
      {failure && <FailureNote failure={failure} />}
      {impossible && state !== 'denied' && (
        <p className="field-error" role="alert">
          {t('push.failed')}
        </p>
      )}
      {(state === 'off' || (state === 'on' && failure)) && (
        <Button busy={busy} onClick={() => void start()}>
          {t('push.start')}
        </Button>
      )}
      {state === 'on' && !failure && <Button onClick={() => void endPush().then(look)}>{t('push.end')}</Button>}
    </section>
  );
}
