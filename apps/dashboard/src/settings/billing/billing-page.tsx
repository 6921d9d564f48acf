import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { BillingDocument, toApiFailure } from '../../api/documents.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { AfterCheckout } from './after-checkout.js';
import { PlanCards } from './plan-cards.js';
import { Standing } from './standing.js';
import { UsageBars } from './usage-bars.js';

/** How the plan of the workspace stands, what is used of it, and which others there are. */
export function BillingPage() {
  const { t } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({ query: BillingDocument, requestPolicy: 'cache-and-network' });
  return (
    <>
      <h1>{t('settings.billing')}</h1>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data?.billing.sold === false && (
        <EmptyState icon="card" title={t('billing.notSold')} text={t('billing.notSoldText')} />
      )}
      {data?.billing.sold && (
        <>
          <p className="lead">{t('billing.lead')}</p>
          <AfterCheckout billing={data.billing} />
          <Standing billing={data.billing} />
          <UsageBars />
          <PlanCards billing={data.billing} />
        </>
      )}
    </>
  );
}
