import { useTranslation } from 'react-i18next';

/** What holds for money back and for cancelling, beside each button that buys. */
export function RefundLink() {
  const { t, i18n } = useTranslation();
  return (
    <p className="hint">
      <a href={`/policies/refund?lang=${i18n.language}`} target="_blank" rel="noopener">
        {t('billing.refund')}
      </a>
    </p>
  );
}
