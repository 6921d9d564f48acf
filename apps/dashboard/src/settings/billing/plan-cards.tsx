import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { PlansDocument, toApiFailure } from '../../api/documents.js';
import { FailureNote, Loading } from '../../ui/states.js';
import { PlanCard } from './plan-card.js';
import type { Billing } from './use-billing.js';

/** The plans that are sold here, side by side. */
export function PlanCards({ billing }: { readonly billing: Billing }) {
  const { t } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({ query: PlansDocument });
  return (
    <section aria-labelledby="billing-plans">
      <h2 id="billing-plans">{t('billing.plans')}</h2>
      <p>{t('billing.plansLead')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      <ul className="plan-cards">
        {data?.plans.map((plan) => (
          // What is on is ticked anew once it changes.
          <li key={`${plan.code} ${billing.plan.code} ${billing.addOns.join()}`} className="card">
            <PlanCard plan={plan} billing={billing} />
          </li>
        ))}
      </ul>
    </section>
  );
}
