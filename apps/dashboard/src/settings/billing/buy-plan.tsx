import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { PlanChangeDocument, type PlanPartsFragment } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { FailureNote } from '../../ui/states.js';
import { ChangeDialog } from './change-dialog.js';
import { RefundLink } from './refund-link.js';
import { choiceOf } from './choice-of.js';
import { clash, conflictsOf, type Conflicts } from './conflicts.js';
import { useCheckout } from './use-checkout.js';
import type { Billing } from './use-billing.js';

interface Props {
  readonly plan: PlanPartsFragment;
  readonly addOns: readonly string[];
  readonly billing: Billing;
}

/**
 * The button that buys a plan, or changes to it. What would have to rest under it is named first, and asked; so is a change
 * of what is paid for already, which holds at once.
 */
export function BuyPlan({ plan, addOns, billing }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const [conflicts, setConflicts] = useState<Conflicts | null>(null);
  const looks = useAsk();
  const checkout = useCheckout();
  const choice = choiceOf(plan, addOns, billing);
  if (choice === 'has') return null;
  if (choice === 'resume') return <p className="hint">{t('billing.resumeFirst')}</p>;
  const begin = () =>
    void looks
      .ask(() =>
        client
          .query(PlanChangeDocument, { plan: plan.code, addOns: [...addOns] }, { requestPolicy: 'network-only' })
          .toPromise(),
      )
      .then((result) => {
        if (!result?.data) return;
        const found = conflictsOf(plan, addOns, result.data.planChange, billing);
        if (choice === 'buy' && !clash(found)) return checkout.go(plan.code, addOns);
        setConflicts(found);
      });
  const failure = looks.failure ?? (conflicts === null ? checkout.failure : null);
  return (
    <>
      <Button
        tone={choice === 'buy' ? 'primary' : 'plain'}
        busy={looks.busy || checkout.busy}
        onClick={begin}
        aria-label={t(`billing.${choice}Named`, { plan: plan.name })}
      >
        {t(`billing.${choice}`)}
      </Button>
      <RefundLink />
      {failure && <FailureNote failure={failure} />}
      {conflicts && (
        <ChangeDialog
          plan={plan}
          addOns={addOns}
          paid={choice !== 'buy'}
          conflicts={conflicts}
          checkout={checkout}
          onClose={() => setConflicts(null)}
        />
      )}
    </>
  );
}
