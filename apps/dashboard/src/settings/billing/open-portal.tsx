import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { BillingPortalUrlDocument } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { safeHref } from '../../ui/safe-text.js';
import { FailureNote } from '../../ui/states.js';

/** Leads to the merchant, who has the invoices and the card: an address of short life, asked for at each press. */
export function OpenPortal() {
  const { t } = useTranslation();
  const [, askAddress] = useMutation(BillingPortalUrlDocument);
  const { ask, busy, failure } = useAsk();
  const open = () => {
    // Opened while the press is fresh: later the browser would keep it shut.
    const tab = window.open('', '_blank');
    void ask(() => askAddress({})).then((result) => {
      const address = safeHref(result?.data?.billingPortalUrl);
      if (address === null) return tab?.close();
      if (tab === null) return location.assign(address);
      tab.opener = null;
      tab.location.replace(address);
    });
  };
  return (
    <>
      <Button busy={busy} icon="card" onClick={open}>
        {t('billing.invoices')} <span className="visually-hidden">{t('billing.newTab')}</span>
      </Button>
      {failure && <FailureNote failure={failure} />}
    </>
  );
}
