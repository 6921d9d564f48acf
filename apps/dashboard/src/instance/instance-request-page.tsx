import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link, useParams } from 'wouter';
import { InstancePrivacyRequestDocument, toApiFailure, type InstanceRequestPartsFragment } from '../api/documents.js';
import { ReceiptView } from '../settings/privacy/receipt-view.js';
import { RequestBody, RequestSteps } from '../settings/privacy/request-body.js';
import { Icon } from '../ui/icon.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { InstanceActions } from './instance-actions.js';

/** One request: how far it is, and what those who run the deployment can do with it. */
export function InstanceRequestPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error, fetching }, reload] = useQuery({
    query: InstancePrivacyRequestDocument,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const request = data?.instancePrivacyRequest;
  return (
    <>
      <p>
        <Link href="/instance/privacy" className="back-link">
          <Icon name="back" size={16} /> {t('instance.title')}
        </Link>
      </p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && !request && (
        <>
          <h1>{t('instance.title')}</h1>
          <EmptyState
            icon="shield"
            title={t('privacy.gone')}
            text={t('instance.goneHint')}
            action={
              <Link href="/instance/privacy" className="button plain medium">
                {t('privacy.toList')}
              </Link>
            }
          />
        </>
      )}
      {request && <Shown request={request} />}
    </>
  );
}

function Shown({ request }: { request: InstanceRequestPartsFragment }) {
  const { t } = useTranslation();
  return (
    <>
      {/* Of one that a workspace answers for nothing is said of whom it is about. */}
      <RequestBody request={request} {...(request.ownedByWorkspace && { title: t('instance.owned') })} />
      {request.ownedByWorkspace && <p className="hint">{t('instance.ownedHint')}</p>}
      <InstanceActions request={request} />
      {request.receipt && <ReceiptView receipt={request.receipt} />}
      <RequestSteps request={request} />
    </>
  );
}
