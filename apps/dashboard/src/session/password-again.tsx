import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ReauthenticateDocument, toApiFailure, type ApiFailure } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { failureSentence } from '../ui/failure-words.js';
import { TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { FailureNote } from '../ui/states.js';
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
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    const password = form.get('password');
    if (typeof password !== 'string' || password === '') return;
    const totp = formWords(event.currentTarget)('totp') || null;
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
    <Dialog title={t('passwordAgain.title')} onClose={() => onDone(false)}>
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <p>{t('passwordAgain.text')}</p>
        {failure && !['password', 'totp'].includes(failure.field ?? '') && <FailureNote failure={failure} />}
        <TextField
          label={t('account.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={errorOf('password')}
        />
        {asksCode && (
          <TextField
            label={t('account.code')}
            hint={t('account.codeHint')}
            name="totp"
            autoComplete="one-time-code"
            required
            error={errorOf('totp')}
          />
        )}
        <div className="button-row">
          <Button type="submit" tone="primary" busy={busy}>
            {t('passwordAgain.goOn')}
          </Button>
          <Button onClick={() => onDone(false)}>{t('action.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
