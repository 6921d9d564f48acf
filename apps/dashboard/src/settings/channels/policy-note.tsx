import { useTranslation } from 'react-i18next';

/** What connecting means, beside the button that does it. */
export function PolicyNote() {
  const { t, i18n } = useTranslation();
  return (
    <p className="hint">
      {t('connect.acknowledge')}{' '}
      <a href={`/policies/privacy?lang=${i18n.language}`} target="_blank" rel="noopener">
        {t('connect.policy')}
      </a>
    </p>
  );
}
