import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useSearchParams } from 'wouter';
import { BillingDocument } from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { changed, useNews } from '../../session/use-news.js';
import { Button } from '../../ui/button.js';
import { forgetOrder, orderedBefore, progressOf } from './ordered.js';
import type { Billing } from './use-billing.js';
import { useCheckout } from './use-checkout.js';

const lookEvery = 3_000;
const looksQuickly = 120_000;

/** Back from the merchant: what was bought is on once the merchant has told us, and until then it is waited for. */
export function AfterCheckout({ billing }: { readonly billing: Billing }) {
  const [search, setSearch] = useSearchParams();
  // It stays on the screen once the address has let go of it; loaded anew, the page says nothing of it any more.
  const { workspace } = useWorkspace();
  const [came] = useState(() => search.get('billing') ?? (orderedBefore(workspace.id) === null ? null : 'perhaps'));
  if (came !== 'done' && came !== 'changed' && came !== 'perhaps') return null;
  return <Progress billing={billing} came={came} onDone={() => setSearch({}, { replace: true })} />;
}

interface Props {
  readonly billing: Billing;
  /** Some merchants bring the buyer back without a word: whether it was paid for shows only once it is on. */
  readonly came: 'done' | 'changed' | 'perhaps';
  readonly onDone: () => void;
}

function Progress({ billing, came, onDone }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [ordered] = useState(() => orderedBefore(workspace.id));
  const checkout = useCheckout();
  const progress = progressOf(billing, ordered);
  const [arrived, setArrived] = useState(false);
  const late = useLooking(progress === 'waits' && !arrived);
  if (progress === 'done' && !arrived) setArrived(true);
  useEffect(() => {
    if (!arrived) return;
    forgetOrder(workspace.id);
    onDone();
  }, [arrived]);
  // What came after is told where the plan stands.
  if (arrived && progress !== 'done') return null;
  if (came === 'perhaps' && progress === 'waits') return null;
  if (progress === 'waits')
    return (
      <div className="callout" role="status">
        <p>
          <strong>{t(late ? 'billing.lateTitle' : 'billing.waitTitle')}</strong>{' '}
          {t(late ? 'billing.lateText' : 'billing.waitText')}
        </p>
      </div>
    );
  if (progress === 'plan')
    return (
      <div className="callout" role="status">
        <p>{t('billing.addOnsLeft', { plan: billing.plan.name })}</p>
        <Button
          tone="primary"
          busy={checkout.busy}
          onClick={() => ordered && checkout.go(ordered.plan, ordered.addOns)}
        >
          {t('billing.addOnsGo')}
        </Button>
      </div>
    );
  return (
    <div className="callout" role="status">
      <p>
        <strong>
          {t(came === 'changed' ? 'billing.changedTitle' : 'billing.doneTitle', { plan: billing.plan.name })}
        </strong>{' '}
        {t('billing.doneText')}
      </p>
    </div>
  );
}

/** Asks again while it waits, as the server may not be heard just then; tells when that has become long. */
function useLooking(waits: boolean): boolean {
  const [, look] = useQuery({ query: BillingDocument, pause: true });
  const [late, setLate] = useState(false);
  useNews(changed('billing'), () => look({ requestPolicy: 'network-only' }));
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => look({ requestPolicy: 'network-only' }), late ? 10 * lookEvery : lookEvery);
    const patience = setTimeout(() => setLate(true), looksQuickly);
    return () => {
      clearInterval(timer);
      clearTimeout(patience);
    };
  }, [waits, late, look]);
  return late;
}
