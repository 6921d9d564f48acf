import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { AcceptInvitationDocument } from '../api/documents.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { CheckField, TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { FailureNote } from '../ui/states.js';
import { AccountFrame } from './account-pages.js';
import { useLinkToken } from './link-token.js';
import { rememberWorkspace, useSession } from './session.js';
import SignInPage from './sign-in-page.js';

/** A colleague has invited: who is signed in joins with one click, who is new makes an account on the way. */
export function AcceptInvitationPage() {
  const { t } = useTranslation();
  const session = useSession();
  const token = useLinkToken();
  const [, navigate] = useLocation();
  const [hasAccount, setHasAccount] = useState(false);
  const { ask, busy, failure, errorOf } = useAsk('name', 'password');
  const accept = (name: string | null, password: string | null) =>
    void ask(() => session.account.mutation(AcceptInvitationDocument, { token, name, password }).toPromise()).then(
      (result) => {
        const workspace = result?.data?.acceptInvitation.workspace;
        if (!workspace) return;
        rememberWorkspace(workspace.id);
        navigate('/', { replace: true });
        session.reload();
      },
    );
  if (!token) return <AccountFrame title={t('invitation.title')} lead={t('link.broken')} children={null} />;
  if (session.state === 'signed-in') {
    const { name, email } = session.viewer;
    return (
      <AccountFrame title={t('invitation.title')} lead={t('invitation.as', { name, email })}>
        {failure && <FailureNote failure={failure} />}
        <div className="button-row">
          <Button tone="primary" busy={busy} onClick={() => accept(null, null)}>
            {t('invitation.join')}
          </Button>
          <Button onClick={() => void session.signOut()}>{t('invitation.notMe')}</Button>
        </div>
      </AccountFrame>
    );
  }
  if (hasAccount) return <SignInPage />;
  return (
    <AccountFrame title={t('invitation.title')} lead={t('invitation.lead')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const password = new FormData(event.currentTarget).get('password');
          if (typeof password === 'string') accept(formWords(event.currentTarget)('name'), password);
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextField
          label={t('account.name')}
          name="name"
          autoComplete="name"
          dir="auto"
          required
          error={errorOf('name')}
        />
        <TextField
          label={t('account.password')}
          hint={t('account.passwordHint')}
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={10}
          required
          error={errorOf('password')}
        />
        <CheckField label={t('account.accept')} name="accepted" required />
        <Button type="submit" tone="primary" busy={busy}>
          {t('invitation.join')}
        </Button>
      </form>
      <p className="account-other">
        {t('account.haveAccount')}{' '}
        <button type="button" className="link-button" onClick={() => setHasAccount(true)}>
          {t('account.signIn')}
        </button>
      </p>
    </AccountFrame>
  );
}
