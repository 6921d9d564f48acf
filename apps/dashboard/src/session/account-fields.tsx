import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../ui/field.js';

type Given = Partial<ComponentProps<typeof TextField>>;

/** The address that a person signs in with. */
export function EmailField(given: Given) {
  const { t } = useTranslation();
  return <TextField label={t('account.email')} type="email" autoComplete="username" {...given} />;
}

/** The password that a person has. */
export function PasswordField(given: Given) {
  const { t } = useTranslation();
  return <TextField label={t('account.password')} type="password" autoComplete="current-password" {...given} />;
}

/** A password that a person makes up. */
export function NewPasswordField(given: Given) {
  const { t } = useTranslation();
  return (
    <TextField
      label={t('account.password')}
      hint={t('account.passwordHint')}
      type="password"
      autoComplete="new-password"
      {...given}
    />
  );
}

export function OwnNameField(given: Given) {
  const { t } = useTranslation();
  return <TextField label={t('account.name')} autoComplete="name" dir="auto" {...given} />;
}

/** A code of the authenticator app, or a recovery code. */
export function SecondFactorField(given: Given) {
  const { t } = useTranslation();
  return <TextField label={t('account.code')} hint={t('account.codeHint')} autoComplete="one-time-code" {...given} />;
}
