import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { toApiFailure, type PrivacyRequestsQuery, type PrivacyRowFragment } from '../../api/documents.js';
import type { Outcome } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { SelectField } from '../../ui/field.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { fullDate } from '../../ui/time.js';
import { filterOf, inOrder, queueFilters, statesOf, type QueueFilter } from './queue-filter.js';
import { RequestState, useSubjectWords } from './request-head.js';

const pageSize = 50;

/** What a queue is filled from: the requests of a workspace, or those that nobody owns. */
export type AskForRequests = (variables: {
  status: ReturnType<typeof statesOf>;
  first: number;
  after: string | null;
}) => {
  readonly page: PrivacyRequestsQuery['privacyRequests'] | undefined;
  readonly error: Outcome['error'];
  readonly fetching: boolean;
  readonly again: () => void;
};

interface Props {
  useRequests: AskForRequests;
  /** Where the requests are: each has its id behind it. */
  place: string;
  /** What it says where nothing was ever asked, and what can be done then. */
  empty: { readonly hint: string; readonly action?: ReactNode };
}

/** Requests in the order in which they are to be worked on, narrowed to how far they are; the address keeps to which. */
export function RequestQueue(props: Props) {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const filter = filterOf(query.get('state'));
  const choose = (chosen: QueueFilter) => setQuery(chosen === 'OPEN' ? {} : { state: chosen });
  return (
    <>
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
      <Queue key={filter} filter={filter} onAll={() => choose('ALL')} {...props} />
    </>
  );
}

function Queue({ useRequests, place, empty, filter, onAll }: Props & { filter: QueueFilter; onAll: () => void }) {
  const { t } = useTranslation();
  const [after, setAfter] = useState<string | null>(null);
  const { page, error, fetching, again } = useRequests({ status: statesOf(filter), first: pageSize, after });
  if (error) return <FailureNote failure={toApiFailure(error)} onRetry={again} />;
  if (!page) return fetching ? <Loading /> : null;
  const { nodes, pageInfo } = page;
  if (nodes.length === 0) return <NoRequests isAll={filter === 'ALL'} empty={empty} onAll={onAll} />;
  return (
    <>
      <ul className="cards" aria-label={t('privacy.requests')}>
        {inOrder(nodes).map((request) => (
          <li key={request.id} className="card">
            <OneRequest request={request} place={place} />
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

function NoRequests({ isAll, empty, onAll }: Pick<Props, 'empty'> & { isAll: boolean; onAll: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon="shield"
      title={t(isAll ? 'privacy.empty' : 'privacy.noneSo')}
      text={isAll ? empty.hint : t('privacy.noneSoHint')}
      action={isAll ? empty.action : <Button onClick={onAll}>{t('privacy.showAll')}</Button>}
    />
  );
}

function OneRequest({ request, place }: { request: PrivacyRowFragment; place: string }) {
  const { t, i18n } = useTranslation();
  const subject = useSubjectWords()(request);
  return (
    <>
      <div className="card-head">
        <Link href={`${place}/${request.id}`} className="card-name">
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
