import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useSearchParams } from 'wouter';
import { ShopifyStoresDocument, toApiFailure } from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { Icon } from '../../ui/icon.js';
import { WhoMay } from '../../ui/no-permission.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { ToForm } from '../../ui/to-form.js';
import { SandboxLink } from '../sandbox-link.js';
import { ConnectStore } from './connect-store.js';
import { StoreCard } from './store-card.js';

/** The stores of the business at Shopify. */
export function ShopifyPage() {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const form = useRef<HTMLFormElement>(null);
  const [{ data, error, fetching }, reload] = useQuery({
    query: ShopifyStoresDocument,
    requestPolicy: 'cache-and-network',
  });
  return (
    <>
      <h1>{t('settings.shopify')}</h1>
      <p className="lead">{t('shopify.lead')}</p>
      <Refused />
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data?.shopifyStores.length === 0 && (
        <EmptyState
          icon="tag"
          title={t('shopify.empty')}
          text={t('shopify.emptyHint')}
          action={mayAdminister ? <ToForm label={t('shopify.connect')} form={form} /> : <WhoMay />}
        />
      )}
      <ul className="cards">
        {data?.shopifyStores.map((store) => (
          <li key={store.id} className="card">
            <StoreCard store={store} />
          </li>
        ))}
      </ul>
      {mayAdminister && <ConnectStore form={form} />}
      {mayAdminister && <SandboxLink />}
    </>
  );
}

/** Why the way to Shopify and back ended without a store. */
function Refused() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const reason = search.get('refused');
  if (reason === null) return null;
  return (
    <div className="failure-note" role="alert">
      <Icon name="alert" />
      <div>
        <p>
          <strong>{t('shopify.refusedTitle')}</strong>
        </p>
        <p>{t(`shopify.refused.${reason}`, { defaultValue: t('shopify.refused.other') })}</p>
      </div>
    </div>
  );
}
