import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

/** Why something rests that the plan has no room for, and what helps. */
export function FrozenNote({ what }: { readonly what: 'channel' | 'member' | 'bot' }) {
  const { t } = useTranslation();
  return (
    <p className="hint frozen-note">
      {t(`billing.frozen.${what}`)} <Link href="/settings/billing">{t('action.toBilling')}</Link>
    </p>
  );
}
