import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { zodResolver } from '@hookform/resolvers/zod';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { SignInDocument, toApiFailure, type ApiFailure } from '../api/documents.js';
import { fieldWords, placeFailure, z } from '../ui/forms.js';
import { useInstance } from '../settings/instance.js';
import { EmailField, PasswordField, SecondFactorField } from './account-fields.js';
import { AccountForm } from './account-form.js';
import { useSession } from './session.js';

const schema = z.object({
  email: z.email('form.email'),
  password: z.string().min(1, 'form.required'),
  totp: z.string(),
});

/** Pages of the server itself that sent a person here; an address leads to no other. */
function pageBehind(search: string): string | null {
  const next = new URLSearchParams(search).get('next');
  return ['/graphiql', '/admin/queues'].find((page) => page === next) ?? null;
}

export default function SignInPage() {
  const { t } = useTranslation();
  const { account, reload } = useSession();
  const { signupOpen } = useInstance();
  const [path, navigate] = useLocation();
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const [asksCode, setAsksCode] = useState(false);
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { email: '', password: '', totp: '' } });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async ({ email, password, totp }) => {
    setFailure(null);
    const { error } = await account
      .mutation(SignInDocument, { input: { email, password, ...(totp ? { totp } : {}) } })
      .toPromise();
    if (!error) {
      const next = pageBehind(location.search);
      if (next !== null) return location.assign(next);
      if (path === '/sign-in' || path === '/sign-up') navigate('/', { replace: true });
      return reload();
    }
    const refused = toApiFailure(error);
    if (refused.code === 'TWO_FACTOR_REQUIRED') {
      setAsksCode(true);
      return form.setFocus('totp');
    }
    if (refused.code === 'UNAUTHENTICATED') {
      return form.setError('password', { type: 'server', message: t('account.wrongPassword') }, { shouldFocus: true });
    }
    setFailure(placeFailure(form, refused, t));
  });

  return (
    <AccountForm
      title={t('account.signIn')}
      lead={t('account.signInLead')}
      other={signupOpen ? { to: '/sign-up', text: t('account.newHere'), link: t('account.signUp') } : null}
      failure={failure}
      busy={isSubmitting}
      checked
      onSubmit={() => void submit()}
    >
      <EmailField {...form.register('email')} error={fieldWords(errors.email, t)} />
      <PasswordField {...form.register('password')} error={fieldWords(errors.password, t)} />
      {asksCode && <SecondFactorField {...form.register('totp')} error={fieldWords(errors.totp, t)} />}
      <p>
        <Link href="/forgot-password">{t('forgotten.link')}</Link>
      </p>
    </AccountForm>
  );
}
