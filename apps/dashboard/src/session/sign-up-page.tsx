import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { zodResolver } from '@hookform/resolvers/zod';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { SignUpDocument, toApiFailure, type ApiFailure } from '../api/documents.js';
import { CheckField, TextField } from '../ui/field.js';
import { fieldWords, placeFailure, z } from '../ui/forms.js';
import { AccountForm } from './account-form.js';
import { useSession } from './session.js';
import { useSetUpCode } from './set-up.js';

const schema = z.object({
  name: z.string().trim().min(1, 'form.required').max(100, 'form.tooLong'),
  email: z.email('form.email'),
  password: z.string().min(10, 'form.password').max(200, 'form.tooLong'),
  workspaceName: z.string().trim().min(1, 'form.required').max(100, 'form.tooLong'),
  acceptedPolicies: z.literal(true, 'form.policies'),
  setUpCode: z.string().max(100, 'form.tooLong').optional(),
});
type Values = Omit<z.infer<typeof schema>, 'acceptedPolicies'> & { acceptedPolicies: boolean };

export default function SignUpPage() {
  const { t } = useTranslation();
  const { account, reload } = useSession();
  const [, navigate] = useLocation();
  const needsCode = useSetUpCode();
  const [failure, setFailure] = useState<ApiFailure | null>(null);
  const form = useForm<Values>({
    resolver: zodResolver(schema) as never,
    defaultValues: { name: '', email: '', password: '', workspaceName: '', acceptedPolicies: false },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    setFailure(null);
    const { error } = await account.mutation(SignUpDocument, { input }).toPromise();
    if (error) return setFailure(placeFailure(form, toApiFailure(error), t));
    navigate('/', { replace: true });
    reload();
  });

  return (
    <AccountForm
      title={t('account.signUp')}
      lead={t(needsCode ? 'account.setUpLead' : 'account.signUpLead')}
      other={{ to: '/sign-in', text: t('account.haveAccount'), link: t('account.signIn') }}
      failure={failure}
      busy={isSubmitting}
      onSubmit={submit}
    >
      {needsCode && (
        <TextField
          label={t('account.setUpCode')}
          hint={t('account.setUpCodeHint')}
          autoComplete="off"
          {...form.register('setUpCode')}
          error={fieldWords(errors.setUpCode, t)}
        />
      )}
      <TextField
        label={t('account.name')}
        autoComplete="name"
        dir="auto"
        {...form.register('name')}
        error={fieldWords(errors.name, t)}
      />
      <TextField
        label={t('account.email')}
        type="email"
        autoComplete="username"
        {...form.register('email')}
        error={fieldWords(errors.email, t)}
      />
      <TextField
        label={t('account.password')}
        hint={t('account.passwordHint')}
        type="password"
        autoComplete="new-password"
        {...form.register('password')}
        error={fieldWords(errors.password, t)}
      />
      <TextField
        label={t('account.workspaceName')}
        hint={t('account.workspaceNameHint')}
        autoComplete="organization"
        dir="auto"
        {...form.register('workspaceName')}
        error={fieldWords(errors.workspaceName, t)}
      />
      <CheckField
        {...form.register('acceptedPolicies')}
        error={fieldWords(errors.acceptedPolicies, t)}
        label={t('account.accept')}
      />
    </AccountForm>
  );
}
