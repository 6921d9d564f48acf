import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ShopOrdersDocument, ShopifyStoresDocument, toApiFailure, type ShopOrdersQuery } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { safeHref } from '../ui/safe-text.js';
import { FailureNote, Loading } from '../ui/states.js';
import { fullDate, regionOf } from '../ui/time.js';

type Found = ShopOrdersQuery['shopOrders'][number];
type Order = Found['orders'][number];

/** What they ordered, where the business connected a store. Nobody else sees that there is such a thing. */
export function ContactOrders({ contactId }: { readonly contactId: string }) {
  const [{ data }] = useQuery({ query: ShopifyStoresDocument });
  if (!data?.shopifyStores.some(({ status }) => status !== 'DISCONNECTED')) return null;
  return <Orders contactId={contactId} />;
}

/** Asked each time that it is looked at: an order changes at the store, and nothing of it is kept here. */
function Orders({ contactId }: { readonly contactId: string }) {
  const { t } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({
    query: ShopOrdersDocument,
    variables: { contactId },
    requestPolicy: 'network-only',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  return (
    <section>
      <h3>{t('customer.orders')}</h3>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={again} />}
      {!data && fetching && <Loading />}
      {data?.shopOrders.map((found) => (
        <StoreOrders
          key={found.store.id}
          found={found}
          alone={data.shopOrders.length === 1}
          busy={fetching}
          onAgain={again}
        />
      ))}
    </section>
  );
}

interface StoreOrdersProps {
  readonly found: Found;
  /** There is no other store to tell it from. */
  readonly alone: boolean;
  readonly busy: boolean;
  readonly onAgain: () => void;
}

function StoreOrders({ found: { state, store, orders }, alone, busy, onAgain }: StoreOrdersProps) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const mayHelp = state === 'UNREACHABLE' || state === 'BUSY';
  return (
    <>
      {!alone && (
        <p className="hint">
          <bdi>{store.domain}</bdi>
        </p>
      )}
      {state === 'FOUND' ? (
        <ul className="plain-list" aria-label={t('customer.ordersAt', { store: store.domain })}>
          {orders.map((order) => (
            <li key={order.name} className="contact-merge">
              <OrderLine order={order} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="hint">{t(`customer.order.${state}`)}</p>
      )}
      {mayHelp && (
        <Button size="small" busy={busy} onClick={onAgain}>
          {t('customer.order.again')}
        </Button>
      )}
      {state === 'REFUSED' && mayAdminister && <Link href="/settings/shopify">{t('customer.order.toSettings')}</Link>}
    </>
  );
}

function OrderLine({ order }: { readonly order: Order }) {
  const { t, i18n } = useTranslation();
  const { name, createdAt, total, currency, financialStatus, fulfillmentStatus, trackingUrl, items } = order;
  const parcel = trackingUrl ? safeHref(trackingUrl) : null;
  return (
    <>
      <p>
        <strong>
          <bdi>{name}</bdi>
        </strong>{' '}
        <span className="hint">{fullDate(createdAt, i18n.language)}</span>{' '}
        <bdi>{moneyWords(total, currency, i18n.language)}</bdi>
      </p>
      <p>
        {financialStatus && (
          <span className="chip">
            {t(`customer.order.payment.${financialStatus}`, { defaultValue: asItIs(financialStatus) })}
          </span>
        )}{' '}
        <span className="chip">
          {t(`customer.order.sending.${fulfillmentStatus}`, { defaultValue: asItIs(fulfillmentStatus) })}
        </span>
      </p>
      <ul className="plain-list hint">
        {items.map(({ title, quantity }, index) => (
          <li key={index} dir="auto">
            {t('customer.order.quantity', { number: quantity, title })}
          </li>
        ))}
      </ul>
      {parcel && (
        <a href={parcel} target="_blank" rel="noopener noreferrer nofollow">
          {t('customer.order.track')}
        </a>
      )}
    </>
  );
}

/** A word of Shopify’s that is new here: PARTIALLY_REFUNDED is “partially refunded”. */
function asItIs(status: string): string {
  return status.toLowerCase().replaceAll('_', ' ');
}

function moneyWords(total: string, currency: string, language: string): string {
  try {
    return new Intl.NumberFormat(regionOf(language), { style: 'currency', currency }).format(Number(total));
  } catch {
    return `${total} ${currency}`;
  }
}
