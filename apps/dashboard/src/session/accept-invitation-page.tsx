import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { AcceptInvitationDocument } from '../api/documents.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { formWords, secretOf } from '../ui/form-words.js';
import { FailureNote } from '../ui/states.js';
import { NewPasswordField, OwnNameField } from './account-fields.js';
import { AccountForm } from './account-form.js';
import { AccountFrame } from './account-pages.js';
import { useLinkToken } from './link-token.js';
import { PoliciesField } from './policies-field.js';
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
    <AccountForm
      title={t('invitation.title')}
      button={t('invitation.join')}
      lead={t('invitation.lead')}
      failure={failure}
      busy={busy}
      onSubmit={(form) => accept(formWords(form)('name'), secretOf(form, 'password'))}
      below={
        <p className="account-other">
          {t('account.haveAccount')}{' '}
          <button type="button" className="link-button" onClick={() => setHasAccount(true)}>
            {t('account.signIn')}
          </button>
        </p>
      }
    >
      <OwnNameField name="name" required error={errorOf('name')} />
      <NewPasswordField name="password" minLength={10} required error={errorOf('password')} />
      <PoliciesField name="accepted" required />
    </AccountForm>
  );
}
