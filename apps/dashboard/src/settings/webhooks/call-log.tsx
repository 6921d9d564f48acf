import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  ReplayWebhookDeliveryDocument,
  WebhookCallsDocument,
  toApiFailure,
  type WebhookCallsQuery,
} from '../../api/documents.js';
import { Button } from '../../ui/button.js';
import { failureSentence } from '../../ui/failure-words.js';
import { notify } from '../../ui/notices.js';
import { FailureNote } from '../../ui/states.js';
import { fullTime } from '../../ui/time.js';
import { known, wordOfEvent } from './event-words.js';

type Call = WebhookCallsQuery['webhookEndpoints'][number]['deliveries']['nodes'][number];

const pageSize = 20;
/** Milliseconds until calls that wait are looked at again: what becomes of each is no news to the whole workspace. */
const lookAgain = 5_000;
const states = ['PENDING', 'DELIVERED', 'FAILED', 'CANCELED'] as const;
const troubles = ['REFUSED', 'REDIRECTED', 'NOT_PUBLIC', 'UNREACHABLE', 'TIMEOUT', 'TOO_LARGE', 'DISABLED'] as const;

interface Props {
  readonly endpointId: string;
  /** Whether a call can be made again. */
  readonly enabled: boolean;
}

/** What became of the calls to one system, the newest first, page by page. */
export function CallLog({ endpointId, enabled }: Props) {
  const { t } = useTranslation();
  const [pages, setPages] = useState<readonly (string | null)[]>([null]);
  return (
    <div className="table-frame" role="region" aria-label={t('webhooks.calls')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('webhooks.when')}</th>
            <th scope="col">{t('webhooks.what')}</th>
            <th scope="col">{t('webhooks.became')}</th>
            <th scope="col">{t('webhooks.again')}</th>
          </tr>
        </thead>
        {pages.map((after, index) => (
          <CallPage
            key={after}
            endpointId={endpointId}
            enabled={enabled}
            after={after}
            onMore={index === pages.length - 1 ? (next) => setPages([...pages, next]) : null}
          />
        ))}
      </table>
    </div>
  );
}

interface PageProps extends Props {
  readonly after: string | null;
  readonly onMore: ((after: string) => void) | null;
}

function CallPage({ endpointId, enabled, after, onMore }: PageProps) {
  const { t } = useTranslation();
  const [{ data, error }, reload] = useQuery({
    query: WebhookCallsDocument,
    variables: { first: pageSize, after },
    requestPolicy: 'cache-and-network',
  });
  const page = data?.webhookEndpoints.find(({ id }) => id === endpointId)?.deliveries;
  const waits = page?.nodes.some(({ status }) => status === 'PENDING') ?? false;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => reload({ requestPolicy: 'network-only' }), lookAgain);
    return () => clearInterval(timer);
  }, [waits, reload]);
  const line = (content: React.ReactNode) => (
    <tr>
      <td colSpan={4}>{content}</td>
    </tr>
  );
  const next = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  return (
    <tbody>
      {!page &&
        (error
          ? line(
              <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />,
            )
          : line(t('state.loading')))}
      {after === null && page?.nodes.length === 0 && line(t('webhooks.noCalls'))}
      {page?.nodes.map((call) => (
        <CallRow key={call.id} call={call} enabled={enabled} />
      ))}
      {onMore && next != null && line(<Button onClick={() => onMore(next)}>{t('action.more')}</Button>)}
    </tbody>
  );
}

function CallRow({ call, enabled }: { readonly call: Call; readonly enabled: boolean }) {
  const { t, i18n } = useTranslation();
  const [{ fetching }, replay] = useMutation(ReplayWebhookDeliveryDocument);
  const time = fullTime(call.at, i18n.language);
  const trouble = known(troubles, call.trouble);
  const details = [
    trouble !== null && call.status !== 'CANCELED' && t(`webhooks.trouble.${trouble}`),
    call.responseStatus !== null && t('webhooks.answered', { status: call.responseStatus }),
    call.attempts > 1 && t('webhooks.attempts', { count: call.attempts }),
    call.attempts > 0 &&
      call.nextAttemptAt !== null &&
      t('webhooks.next', { time: fullTime(call.nextAttemptAt, i18n.language) }),
  ].filter((words) => words !== false);
  return (
    <tr>
      <td>{time}</td>
      <td>{t(wordOfEvent(call.event))}</td>
      <td>
        <strong>{t(`webhooks.state.${known(states, call.status) ?? 'PENDING'}`)}</strong>
        {details.length > 0 && <span className="hint"> {details.join(' · ')}</span>}
      </td>
      <td>
        {enabled && (call.status === 'FAILED' || call.status === 'DELIVERED') && (
          <Button
            size="small"
            busy={fetching}
            aria-label={t('webhooks.replayOf', { time })}
            onClick={() =>
              void replay({ id: call.id }).then(
                (result) => result.error && notify(failureSentence(toApiFailure(result.error), t), 'error'),
              )
            }
          >
            {t('webhooks.replay')}
          </Button>
        )}
      </td>
    </tr>
  );
}
