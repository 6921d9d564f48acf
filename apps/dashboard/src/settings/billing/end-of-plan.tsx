import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { CancelSubscriptionDocument } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { notify } from '../../ui/notices.js';
import { FailureNote } from '../../ui/states.js';
import { fullDate } from '../../ui/time.js';
import { RefundLink } from './refund-link.js';
import type { Billing } from './use-billing.js';

const ending: readonly Billing['status'][] = ['CANCELED', 'EXPIRED', 'NONE'];

/** Cancels the plan, after it was said until when it runs and that nothing is deleted. */
export function EndOfPlan({ billing }: { readonly billing: Billing }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (ending.includes(billing.status)) return null;
  return (
    <>
      <Button tone="danger" onClick={() => setOpen(true)}>
        {t('billing.cancel')}
      </Button>
      {open && <CancelDialog billing={billing} onClose={() => setOpen(false)} />}
    </>
  );
}

function CancelDialog({ billing, onClose }: { readonly billing: Billing; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const [, cancel] = useMutation(CancelSubscriptionDocument);
  const { ask, busy, failure } = useAsk();
  const { plan, renewsAt } = billing;
  const until = renewsAt === null ? null : fullDate(renewsAt, i18n.language);
  return (
    <Dialog title={t('billing.cancelTitle', { plan: plan.name })} onClose={onClose}>
      <p>{until === null ? t('billing.cancelUntilPaid') : t('billing.cancelUntil', { date: until })}</p>
      <p>{t('billing.cancelKeeps')}</p>
      <RefundLink />
      {failure && <FailureNote failure={failure} />}
      <div className="button-row">
        <Button
          tone="danger"
          busy={busy}
          onClick={() =>
            void ask(() => cancel({})).then((result) => {
              if (!result) return;
              notify(t('billing.canceled'));
              onClose();
            })
          }
        >
          {t('billing.cancelNow')}
        </Button>
        <Button onClick={onClose}>{t('billing.keep')}</Button>
      </div>
    </Dialog>
  );
}
