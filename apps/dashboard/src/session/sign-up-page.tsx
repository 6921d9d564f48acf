import { useTranslation } from 'react-i18next';
import { SignUpForm } from './sign-up-form.js';

export default function SignUpPage() {
  const { t } = useTranslation();
  return (
    <SignUpForm
      title={t('account.signUp')}
      lead={t('account.signUpLead')}
      other={{ to: '/sign-in', text: t('account.haveAccount'), link: t('account.signIn') }}
      asksCode={false}
    />
  );
}
