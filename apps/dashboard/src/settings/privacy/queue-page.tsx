import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link, useSearchParams } from 'wouter';
import { PrivacyRequestsDocument, toApiFailure, type PrivacyRowFragment } from '../../api/documents.js';
import { Button } from '../../ui/button.js';
import { SelectField } from '../../ui/field.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { fullDate } from '../../ui/time.js';
import { filterOf, inOrder, queueFilters, statesOf, type QueueFilter } from './queue-filter.js';
import { RequestState, useSubjectWords } from './request-head.js';
import { useDeskNews } from './use-desk-news.js';

const pageSize = 50;

/** What people asked for under the law: what waits, children's first. */
export function QueuePage() {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const filter = filterOf(query.get('state'));
  const choose = (chosen: QueueFilter) => setQuery(chosen === 'OPEN' ? {} : { state: chosen });
  return (
    <>
      <h1>{t('settings.privacy')}</h1>
      <p className="lead">{t('privacy.lead')}</p>
      <div className="button-row">
        <Link href="/settings/privacy/new" className="button primary medium">
          {t('privacy.open')}
        </Link>
        <Link href="/settings/privacy/holds" className="button plain medium">
          {t('privacy.holds')}
        </Link>
      </div>
      <div className="narrow-form">
        <SelectField
          label={t('privacy.show')}
          value={filter}
          onChange={(event) => choose(filterOf(event.target.value))}
        >
          {queueFilters.map((one) => (
            <option key={one} value={one}>
              {t(one === 'OPEN' || one === 'ALL' ? `privacyFilter.${one}` : `privacyStatus.${one}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <Queue key={filter} filter={filter} onAll={() => choose('ALL')} />
    </>
  );
}

function Queue({ filter, onAll }: { filter: QueueFilter; onAll: () => void }) {
  const { t } = useTranslation();
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, reload] = useQuery({
    query: PrivacyRequestsDocument,
    variables: { status: statesOf(filter), first: pageSize, after },
    requestPolicy: 'cache-and-network',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  useDeskNews(again);
  if (error) return <FailureNote failure={toApiFailure(error)} onRetry={again} />;
  if (!data) return fetching ? <Loading /> : null;
  const { nodes, pageInfo } = data.privacyRequests;
  if (nodes.length === 0) return <NoRequests filter={filter} onAll={onAll} />;
  return (
    <>
      <ul className="cards" aria-label={t('privacy.requests')}>
        {inOrder(nodes).map((request) => (
          <li key={request.id} className="card">
            <OneRequest request={request} />
          </li>
        ))}
      </ul>
      {pageInfo.hasNextPage && (
        <Button busy={fetching} onClick={() => setAfter(pageInfo.endCursor)}>
          {t('action.more')}
        </Button>
      )}
    </>
  );
}

function NoRequests({ filter, onAll }: { filter: QueueFilter; onAll: () => void }) {
  const { t } = useTranslation();
  const isAll = filter === 'ALL';
  return (
    <EmptyState
      icon="shield"
      title={t(isAll ? 'privacy.empty' : 'privacy.noneSo')}
      text={t(isAll ? 'privacy.emptyHint' : 'privacy.noneSoHint')}
      action={
        isAll ? (
          <Link href="/settings/privacy/new" className="button primary medium">
            {t('privacy.open')}
          </Link>
        ) : (
          <Button onClick={onAll}>{t('privacy.showAll')}</Button>
        )
      }
    />
  );
}

function OneRequest({ request }: { request: PrivacyRowFragment }) {
  const { t, i18n } = useTranslation();
  const subject = useSubjectWords()(request);
  return (
    <>
      <div className="card-head">
        <Link href={`/settings/privacy/${request.id}`} className="card-name">
          {t(`privacyKind.${request.kind}`)}
        </Link>
        <span dir="auto">{subject}</span>
      </div>
      <RequestState request={request} />
      <p className="hint">
        {t('privacy.came', {
          time: fullDate(request.receivedAt, i18n.language),
          door: t(`privacyDoor.${request.origin}`),
        })}
      </p>
    </>
  );
}
