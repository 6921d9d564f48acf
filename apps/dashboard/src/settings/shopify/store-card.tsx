import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import {
  DisconnectShopifyDocument,
  StartShopifyInstallDocument,
  toApiFailure,
  type ShopifyStoresQuery,
} from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { ConfirmForm } from '../../ui/confirm-form.js';
import { failureSentence } from '../../ui/failure-words.js';
import { notify } from '../../ui/notices.js';
import { fullTime } from '../../ui/time.js';
import { goToShopify } from './go-to-shopify.js';

type Store = ShopifyStoresQuery['shopifyStores'][number];

const tones: Partial<Record<string, string>> = { EXPIRED: ' status-expired', DISCONNECTED: '' };

/** One store: how it is, and what can be done about it. */
export function StoreCard({ store }: { readonly store: Store }) {
  const { t, i18n } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [leaving, setLeaving] = useState(false);
  const [starting, start] = useMutation(StartShopifyInstallDocument);
  const { domain, status, trouble, connectedAt } = store;
  const again = () =>
    void start({ domain }).then(({ data, error }) => {
      if (error) notify(failureSentence(toApiFailure(error), t), 'error');
      else goToShopify(data?.startShopifyInstall);
    });
  return (
    <>
      <div className="card-head">
        <strong className="card-name">
          <bdi>{domain}</bdi>
        </strong>
        <span className={`chip${tones[status] ?? ''}`}>{t(`shopify.status.${status}`)}</span>
        {mayAdminister && (
          <span className="button-row push-end">
            {status !== 'CONNECTED' && (
              <Button size="small" busy={starting.fetching} onClick={again}>
                {t('shopify.again')}
              </Button>
            )}
            {status !== 'DISCONNECTED' && (
              <Button size="small" tone="danger" onClick={() => setLeaving(true)}>
                {t('shopify.disconnect')}
              </Button>
            )}
          </span>
        )}
      </div>
      <p className="hint">{t('shopify.since', { time: fullTime(connectedAt, i18n.language) })}</p>
      {trouble && <p>{t(`shopify.trouble.${trouble}`, { defaultValue: '' })}</p>}
      {leaving && <LeaveDialog store={store} onClose={() => setLeaving(false)} />}
    </>
  );
}

function LeaveDialog({ store: { id, domain }, onClose }: { readonly store: Store; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [, disconnect] = useMutation(DisconnectShopifyDocument);
  const { ask, busy, failure } = useAsk();
  return (
    <ConfirmForm
      title={t('shopify.disconnectTitle')}
      text={t('shopify.disconnectText')}
      button={t('shopify.disconnect')}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={() => void ask(() => disconnect({ id })).then((result) => result && onClose())}
    >
      <p className="card-name">
        <bdi>{domain}</bdi>
      </p>
    </ConfirmForm>
  );
}
