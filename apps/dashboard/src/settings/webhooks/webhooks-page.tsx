import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { WebhookEndpointsDocument, toApiFailure } from '../../api/documents.js';
import { CopyButton } from '../../ui/copy-button.js';
import { Dialog } from '../../ui/dialog.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { ToForm } from '../../ui/to-form.js';
import { EndpointCard } from './endpoint-card.js';
import { NewEndpoint } from './new-endpoint.js';

/** The systems of the business that are told what happens, with what became of each call. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [{ data, error, fetching }, reload] = useQuery({
    query: WebhookEndpointsDocument,
    requestPolicy: 'cache-and-network',
  });
  return (
    <>
      <h1>{t('settings.webhooks')}</h1>
      <p className="lead">{t('webhooks.lead')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data?.webhookEndpoints.length === 0 && (
        <EmptyState
          icon="plug"
          title={t('webhooks.empty')}
          text={t('webhooks.emptyHint')}
          action={<ToForm label={t('webhooks.create')} form={form} />}
        />
      )}
      <ul className="cards">
        {data?.webhookEndpoints.map((endpoint) => (
          <li key={endpoint.id} className="card">
            <EndpointCard endpoint={endpoint} onSecret={setSecret} />
          </li>
        ))}
      </ul>
      <NewEndpoint form={form} onSecret={setSecret} />
      {secret && (
        <Dialog title={t('webhooks.secret')} onClose={() => setSecret(null)}>
          <div className="stack">
            <p>{t('webhooks.secretText')}</p>
            <input
              className="secret"
              readOnly
              dir="ltr"
              value={secret}
              aria-label={t('webhooks.secret')}
              onFocus={(event) => event.target.select()}
            />
            <CopyButton text={secret} />
          </div>
        </Dialog>
      )}
    </>
  );
}
