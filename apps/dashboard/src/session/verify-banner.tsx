import { useTranslation } from 'react-i18next';
import { ResendVerificationDocument } from '../api/documents.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { failureSentence } from '../ui/failure-words.js';
import { Icon } from '../ui/icon.js';
import { notify } from '../ui/notices.js';
import { useSession } from './session.js';

/** Asks for the mail once more. */
export function ResendVerification() {
  const { t } = useTranslation();
  const { account } = useSession();
  const { ask, busy, failure } = useAsk();
  return (
    <>
      <Button
        size="small"
        busy={busy}
        onClick={() =>
          void ask(() => account.mutation(ResendVerificationDocument, {}).toPromise()).then(
            (result) => result && notify(t('verify.sent')),
          )
        }
      >
        {t('verify.resend')}
      </Button>
      {failure && <span className="field-error">{failureSentence(failure, t)}</span>}
    </>
  );
}

/** Until the address is confirmed, says what that holds up. */
export function VerifyBanner() {
  const { t } = useTranslation();
  const session = useSession();
  if (session.state !== 'signed-in' || session.viewer.emailVerified) return null;
  return (
    <div className="top-banner" role="region" aria-label={t('verify.title')}>
      <Icon name="flag" size={16} />
      <span>{t('verify.banner', { email: session.viewer.email })}</span>
      <ResendVerification />
    </div>
  );
}
