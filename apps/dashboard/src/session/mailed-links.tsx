import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import {
  ConfirmEmailChangeDocument,
  RequestPasswordResetDocument,
  ResetPasswordDocument,
  VerifyEmailDocument,
} from '../api/documents.js';
import { useAsk, type Outcome } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { formWords, secretOf } from '../ui/form-words.js';
import { FailureNote } from '../ui/states.js';
import { EmailField, NewPasswordField } from './account-fields.js';
import { AccountForm } from './account-form.js';
import { AccountFrame } from './account-pages.js';
import { useLinkToken } from './link-token.js';
import { useSession } from './session.js';

/** A mailed link shows a page, and its button does what it is for: programs that look into mails follow links too. */
function ConfirmPage({
  title,
  lead,
  button,
  done,
  confirm,
}: {
  title: string;
  lead: string;
  button: string;
  done: string;
  confirm: (token: string) => Promise<Outcome>;
}) {
  const { t } = useTranslation();
  const { reload, state } = useSession();
  const token = useLinkToken();
  const [confirmed, setConfirmed] = useState(false);
  const { ask, busy, failure } = useAsk();
  const run = () =>
    void ask(() => confirm(token)).then((result) => {
      if (!result) return;
      setConfirmed(true);
      reload();
    });
  if (confirmed) return <Done title={title} text={done} />;
  return (
    <AccountFrame title={title} lead={token ? lead : t('link.broken')}>
      {failure && <FailureNote failure={failure} />}
      {token && (
        <Button tone="primary" busy={busy} onClick={run}>
          {button}
        </Button>
      )}
      {(failure || !token) && state === 'signed-in' && <p className="hint">{t('link.askAgain')}</p>}
      <p className="account-other">
        <Link href="/">{t('link.toInbox')}</Link>
      </p>
    </AccountFrame>
  );
}

function Done({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <AccountFrame title={title} lead={text}>
      {children}
      <Link href="/" className="button primary medium" autoFocus>
        {t('link.goOn')}
      </Link>
    </AccountFrame>
  );
}

export function VerifyEmailPage() {
  const { t } = useTranslation();
  const { account } = useSession();
  return (
    <ConfirmPage
      title={t('verify.title')}
      lead={t('verify.lead')}
      button={t('verify.button')}
      done={t('verify.done')}
      confirm={(token) => account.mutation(VerifyEmailDocument, { token }).toPromise()}
    />
  );
}

export function ConfirmEmailPage() {
  const { t } = useTranslation();
  const { account } = useSession();
  return (
    <ConfirmPage
      title={t('confirmEmail.title')}
      lead={t('confirmEmail.lead')}
      button={t('confirmEmail.button')}
      done={t('confirmEmail.done')}
      confirm={(token) => account.mutation(ConfirmEmailChangeDocument, { token }).toPromise()}
    />
  );
}

export function ForgottenPasswordPage() {
  const { t } = useTranslation();
  const { account } = useSession();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { ask, busy, failure, errorOf } = useAsk('email');
  if (sentTo !== null) {
    return (
      <AccountFrame title={t('forgotten.sentTitle')} lead={t('forgotten.sent', { email: sentTo })}>
        <p className="account-other">
          <Link href="/sign-in">{t('account.signIn')}</Link>
        </p>
      </AccountFrame>
    );
  }
  return (
    <AccountForm
      title={t('forgotten.title')}
      button={t('forgotten.button')}
      lead={t('forgotten.lead')}
      other={{ to: '/sign-in', text: t('forgotten.remembered'), link: t('account.signIn') }}
      failure={failure}
      busy={busy}
      onSubmit={(form) => {
        const email = formWords(form)('email');
        void ask(() => account.mutation(RequestPasswordResetDocument, { email }).toPromise()).then(
          (result) => result && setSentTo(email),
        );
      }}
    >
      <EmailField name="email" required error={errorOf('email')} />
    </AccountForm>
  );
}

export function ResetPasswordPage() {
  const { t } = useTranslation();
  const { account, reload } = useSession();
  const token = useLinkToken();
  const [done, setDone] = useState(false);
  const { ask, busy, failure, errorOf } = useAsk('password');
  if (done) return <Done title={t('reset.doneTitle')} text={t('reset.done')} />;
  const other = { to: '/forgot-password', text: t('reset.again'), link: t('forgotten.button') };
  if (!token) return <AccountFrame title={t('reset.title')} lead={t('link.broken')} other={other} children={null} />;
  return (
    <AccountForm
      title={t('reset.title')}
      button={t('reset.button')}
      lead={t('reset.lead')}
      other={other}
      failure={failure}
      busy={busy}
      onSubmit={(form) => {
        const password = secretOf(form, 'password');
        void ask(() => account.mutation(ResetPasswordDocument, { token, password }).toPromise()).then((result) => {
          if (!result) return;
          setDone(true);
          reload();
        });
      }}
    >
      <NewPasswordField
        label={t('reset.password')}
        name="password"
        minLength={10}
        required
        error={errorOf('password')}
      />
    </AccountForm>
  );
}
