import { useState, type ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { zodResolver } from '@hookform/resolvers/zod';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { SignUpDocument, toApiFailure, type ApiFailure } from '../api/documents.js';
import { TextField } from '../ui/field.js';
import { fieldWords, placeFailure, z } from '../ui/forms.js';
import { EmailField, NewPasswordField, OwnNameField } from './account-fields.js';
import { AccountForm } from './account-form.js';
import { PoliciesField } from './policies-field.js';
import { useSession } from './session.js';

const schema = z.object({
  name: z.string().trim().min(1, 'form.required').max(100, 'form.tooLong'),
  email: z.email('form.email'),
  password: z.string().min(10, 'form.password').max(200, 'form.tooLong'),
  workspaceName: z.string().trim().min(1, 'form.required').max(100, 'form.tooLong'),
  acceptedPolicies: z.literal(true, 'form.policies'),
  setUpCode: z.string().max(100, 'form.tooLong').optional(),
});
type Values = Omit<z.infer<typeof schema>, 'acceptedPolicies'> & { acceptedPolicies: boolean };

interface Props {
  title: string;
  lead: string;
  other?: { to: string; text: string; link: string } | null;
  /** Whether the code of the server's console is asked for. */
  asksCode: boolean;
  below?: ReactNode;
}

/** A person, their workspace and what they accept; they are signed in afterwards. */
export function SignUpForm({ title, lead, other = null, asksCode, below }: Props) {
  const { t } = useTranslation();
  const { account, reload } = useSession();
  const [, navigate] = useLocation();
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
      title={title}
      lead={lead}
      other={other}
      failure={failure}
      busy={isSubmitting}
      checked
      onSubmit={() => void submit()}
      below={below}
    >
      {asksCode && (
        <TextField
          label={t('setUp.code')}
          hint={t('setUp.codeHint')}
          autoComplete="off"
          spellCheck={false}
          {...form.register('setUpCode')}
          error={fieldWords(errors.setUpCode, t)}
        />
      )}
      <OwnNameField {...form.register('name')} error={fieldWords(errors.name, t)} />
      <EmailField {...form.register('email')} error={fieldWords(errors.email, t)} />
      <NewPasswordField {...form.register('password')} error={fieldWords(errors.password, t)} />
      <TextField
        label={t('account.workspaceName')}
        hint={t('account.workspaceNameHint')}
        autoComplete="organization"
        dir="auto"
        {...form.register('workspaceName')}
        error={fieldWords(errors.workspaceName, t)}
      />
      <PoliciesField {...form.register('acceptedPolicies')} error={fieldWords(errors.acceptedPolicies, t)} />
    </AccountForm>
  );
}
