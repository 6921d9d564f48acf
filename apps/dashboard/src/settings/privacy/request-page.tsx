import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Link, useParams } from 'wouter';
import {
  LiftRestrictionDocument,
  PrivacyRequestDocument,
  toApiFailure,
  type PrivacyContactFragment,
  type PrivacyPartsFragment,
} from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { notify } from '../../ui/notices.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { BackToDesk } from './back-to-desk.js';
import { ContactLine } from './contact-line.js';
import { isWorkedOn } from './possible-actions.js';
import { isOpen } from './queue-filter.js';
import { ReceiptView } from './receipt-view.js';
import { RequestActions } from './request-actions.js';
import { RequestBody, RequestSteps } from './request-body.js';
import { useDeskNews } from './use-desk-news.js';
import { safeHref } from '../../ui/safe-text.js';

const again = 3_000;

/** One request: how far it is, whom it is about, what can be done with it, and what came of it. */
export function RequestPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error, fetching }, reload] = useQuery({
    query: PrivacyRequestDocument,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const ask = () => reload({ requestPolicy: 'network-only' });
  const request = data?.privacyRequest;
  useDeskNews(ask);
  useWhileWorking(request != null && isWorkedOn(request), ask);
  return (
    <>
      <BackToDesk />
      {error && <FailureNote failure={toApiFailure(error)} onRetry={ask} />}
      {!data && fetching && <Loading />}
      {data && !request && (
        <EmptyState
          icon="shield"
          title={t('privacy.gone')}
          text={t('privacy.goneHint')}
          action={
            <Link href="/settings/privacy" className="button plain medium">
              {t('privacy.toList')}
            </Link>
          }
        />
      )}
      {request && <Shown request={request} />}
    </>
  );
}

/** What the server works on by itself ends without a word: it is asked from time to time. */
function useWhileWorking(working: boolean, ask: () => void): void {
  useEffect(() => {
    if (!working) return;
    const timer = setInterval(() => document.hidden || ask(), again);
    return () => clearInterval(timer);
  });
}

function Shown({ request }: { request: PrivacyPartsFragment }) {
  const { t } = useTranslation();
  return (
    <>
      <RequestBody request={request} />
      <RequestActions request={request} />
      {request.exportUrl && (
        <p>
          <a href={safeHref(request.exportUrl) ?? undefined} className="button plain medium" download>
            {t('privacy.downloadCopy')}
          </a>
        </p>
      )}
      {request.receipt && <ReceiptView receipt={request.receipt} />}
      <Contacts request={request} />
      <RequestSteps request={request} />
    </>
  );
}

function Contacts({ request }: { request: PrivacyPartsFragment }) {
  const { t } = useTranslation();
  if (request.contacts.length === 0) {
    // Of somebody who was erased there is nobody left to name.
    return isOpen(request) ? <p className="hint">{t('privacy.notFound')}</p> : null;
  }
  return (
    <section>
      <h2>{t('privacy.contacts')}</h2>
      <ul className="plain-list">
        {request.contacts.map((contact) => (
          <li key={contact.id}>
            <ContactLine contact={contact} />
            {request.status === 'COMPLETED' && contact.processingRestricted && <LiftRestriction contact={contact} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was not to be used may be used again, once somebody says so. */
function LiftRestriction({ contact }: { contact: PrivacyContactFragment }) {
  const { t } = useTranslation();
  const [, lift] = useMutation(LiftRestrictionDocument);
  const { ask, busy, failure } = useAsk();
  return (
    <>
      <p className="hint">{t('privacy.restricted')}</p>
      {failure && <FailureNote failure={failure} />}
      <Button
        size="small"
        busy={busy}
        onClick={() =>
          void ask(() => lift({ contactId: contact.id })).then((result) => result && notify(t('privacy.lifted')))
        }
      >
        {t('privacy.lift')}
      </Button>
    </>
  );
}
