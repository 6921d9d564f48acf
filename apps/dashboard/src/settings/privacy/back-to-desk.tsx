import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Icon } from '../../ui/icon.js';

/** The way back to the list. */
export function BackToDesk() {
  const { t } = useTranslation();
  return (
    <p>
      <Link href="/settings/privacy" className="back-link">
        <Icon name="back" size={16} /> {t('settings.privacy')}
      </Link>
    </p>
  );
}
