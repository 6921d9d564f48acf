import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmTwoFactorDocument, DisableTwoFactorDocument, StartTwoFactorDocument } from '../api/documents.js';
import { PasswordField } from '../session/account-fields.js';
import { usePasswordAgain } from '../session/password-again.js';
import { useSession } from '../session/session.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { CopyButton } from '../ui/copy-button.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/field.js';
import { formWords, secretOf } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import { QrCode } from '../ui/qr-code.js';
import { FailureNote } from '../ui/states.js';

/** The second factor: set up with an app, switched off with the password. */
export function TwoFactor() {
  const { t } = useTranslation();
  const session = useSession();
  const { ask, busy, failure } = useAsk();
  const passwordAgain = usePasswordAgain();
  const [uri, setUri] = useState<string | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [leaving, setLeaving] = useState(false);
  if (session.state !== 'signed-in') return null;
  const on = session.viewer.twoFactorEnabled;
  const start = () =>
    void ask(() => passwordAgain.run(() => session.account.mutation(StartTwoFactorDocument, {}).toPromise())).then(
      (result) => result?.data && setUri(result.data.startTwoFactor),
    );
  return (
    <section>
      <h2>
        {t('twoFactor.title')}{' '}
        <span className={`chip ${on ? 'status-connected' : ''}`}>{t(on ? 'twoFactor.on' : 'twoFactor.off')}</span>
      </h2>
      <p>{t(on ? 'twoFactor.onText' : 'twoFactor.offText')}</p>
      {failure && <FailureNote failure={failure} />}
      {on ? (
        <Button tone="danger" onClick={() => setLeaving(true)}>
          {t('twoFactor.disable')}
        </Button>
      ) : (
        <Button tone="primary" busy={busy} onClick={start}>
          {t('twoFactor.enable')}
        </Button>
      )}
      {uri && (
        <SetUpDialog
          uri={uri}
          onClose={() => setUri(null)}
          onConfirmed={(given) => {
            setUri(null);
            setCodes(given);
            session.reload();
          }}
        />
      )}
      {codes && <CodesDialog codes={codes} onClose={() => setCodes(null)} />}
      {leaving && <DisableDialog onClose={() => setLeaving(false)} />}
      {passwordAgain.dialog}
    </section>
  );
}

interface SetUpProps {
  uri: string;
  onClose: () => void;
  onConfirmed: (codes: readonly string[]) => void;
}

function SetUpDialog({ uri, onClose, onConfirmed }: SetUpProps) {
  const { t } = useTranslation();
  const { account } = useSession();
  const { ask, busy, failure, errorOf } = useAsk('totp');
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return (
    <ConfirmForm
      title={t('twoFactor.setUp')}
      text={t('twoFactor.scan')}
      button={t('twoFactor.confirm')}
      tone="primary"
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        const totp = formWords(form)('totp').replace(/\s/gu, '');
        void ask(() => account.mutation(ConfirmTwoFactorDocument, { totp }).toPromise()).then(
          (result) => result?.data && onConfirmed(result.data.confirmTwoFactor),
        );
      }}
    >
      <QrCode text={uri} label={t('twoFactor.qr')} />
      <details>
        <summary>{t('twoFactor.cannotScan')}</summary>
        <p>{t('twoFactor.typeSecret')}</p>
        <p>
          <code className="two-factor-secret">{secret.replace(/(.{4})(?=.)/gu, '$1 ')}</code>
        </p>
      </details>
      <TextField
        label={t('twoFactor.code')}
        name="totp"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        autoFocus
        error={errorOf('totp')}
      />
    </ConfirmForm>
  );
}

function CodesDialog({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('twoFactor.codes')} onClose={onClose}>
      <div className="stack">
        <p>{t('twoFactor.codesText')}</p>
        <ul className="recovery-codes" aria-label={t('twoFactor.codes')}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
        <div className="button-row">
          <CopyButton text={codes.join('\n')} />
          <Button tone="primary" onClick={onClose}>
            {t('twoFactor.codesKept')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function DisableDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { account, reload } = useSession();
  const { ask, busy, failure, errorOf } = useAsk('password');
  const passwordAgain = usePasswordAgain();
  return (
    <ConfirmForm
      title={t('twoFactor.disableTitle')}
      text={t('twoFactor.disableText')}
      button={t('twoFactor.disable')}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        const password = secretOf(form, 'password');
        void ask(() =>
          passwordAgain.run(() => account.mutation(DisableTwoFactorDocument, { password }).toPromise()),
        ).then((result) => {
          if (!result) return;
          reload();
          notify(t('twoFactor.disabled'));
          onClose();
        });
      }}
      beside={passwordAgain.dialog}
    >
      <PasswordField name="password" required error={errorOf('password')} />
    </ConfirmForm>
  );
}
