import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ReauthenticateDocument, toApiFailure, type ApiFailure } from '../api/documents.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { failureSentence } from '../ui/failure-words.js';
import { formWords, secretOf } from '../ui/form-words.js';
import { PasswordField, SecondFactorField } from './account-fields.js';
import { useSession } from './session.js';

interface Outcome {
  error?: Parameters<typeof toApiFailure>[0] | undefined;
}

/**
 * For operations that want a fresh password. `run` does one of them; where the server asks for the password, the dialog comes
 * up and the operation is repeated once it was given. Null: the person thought better of it.
 */
export function usePasswordAgain() {
  const [waiting, setWaiting] = useState<((given: boolean) => void) | null>(null);
  const run = async <T extends Outcome>(operation: () => Promise<T>): Promise<T | null> => {
    const result = await operation();
    if (!result.error || toApiFailure(result.error).code !== 'REAUTHENTICATION_REQUIRED') return result;
    const given = await new Promise<boolean>((resolve) => setWaiting(() => resolve));
    setWaiting(null);
    return given ? operation() : null;
  };
  return { run, dialog: waiting && <PasswordDialog onDone={waiting} /> };
}

function PasswordDialog({ onDone }: { onDone: (given: boolean) => void }) {
  const { t } = useTranslation();
  const { account, signedOut } = useSession();
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);
  const errorOf = (field: string) => (failure?.field === field ? failureSentence(failure, t) : undefined);
  const submit = async (form: HTMLFormElement) => {
    const password = secretOf(form, 'password');
    if (busy || password === '') return;
    const totp = formWords(form)('totp') || null;
    setBusy(true);
    const { error } = await account.mutation(ReauthenticateDocument, { password, totp }).toPromise();
    setBusy(false);
    if (!error) return onDone(true);
    const refused = toApiFailure(error);
    if (refused.code === 'UNAUTHENTICATED') return signedOut();
    if (refused.code === 'TWO_FACTOR_REQUIRED') setAsksCode(true);
    setFailure(refused);
  };
  return (
    <ConfirmForm
      title={t('passwordAgain.title')}
      text={t('passwordAgain.text')}
      button={t('passwordAgain.goOn')}
      tone="primary"
      failure={failure && !['password', 'totp'].includes(failure.field ?? '') ? failure : null}
      busy={busy}
      onClose={() => onDone(false)}
      onSubmit={(form) => void submit(form)}
    >
      <PasswordField name="password" required error={errorOf('password')} />
      {asksCode && <SecondFactorField name="totp" required error={errorOf('totp')} />}
    </ConfirmForm>
  );
}
