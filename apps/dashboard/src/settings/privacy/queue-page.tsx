import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { PrivacyFiguresDocument, PrivacyRequestsDocument } from '../../api/documents.js';
import { RequestFigures } from './request-figures.js';
import { RequestQueue, type AskForRequests } from './request-queue.js';
import { useDeskNews } from './use-desk-news.js';

const useRequests: AskForRequests = (variables) => {
  const [{ data, error, fetching }, reload] = useQuery({
    query: PrivacyRequestsDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  useDeskNews(again);
  return { page: data?.privacyRequests, error, fetching, again };
};

/** What people asked for under the law: what waits, children's first, and how long it takes. */
export function QueuePage() {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: PrivacyFiguresDocument, requestPolicy: 'cache-and-network' });
  const open = (
    <Link href="/settings/privacy/new" className="button primary medium">
      {t('privacy.open')}
    </Link>
  );
  return (
    <>
      <h1>{t('settings.privacy')}</h1>
      <p className="lead">{t('privacy.lead')}</p>
      <div className="button-row">
        {open}
        <Link href="/settings/privacy/holds" className="button plain medium">
          {t('privacy.holds')}
        </Link>
      </div>
      {data && <RequestFigures figures={data.privacyFigures} />}
      <RequestQueue
        useRequests={useRequests}
        place="/settings/privacy"
        empty={{ hint: t('privacy.emptyHint'), action: open }}
      />
    </>
  );
}
