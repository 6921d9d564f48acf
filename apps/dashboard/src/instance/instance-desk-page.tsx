import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { InstancePrivacyFiguresDocument, InstancePrivacyRequestsDocument } from '../api/documents.js';
import { RequestFigures } from '../settings/privacy/request-figures.js';
import { RequestQueue, type AskForRequests } from '../settings/privacy/request-queue.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';

const useRequests: AskForRequests = (variables) => {
  const [{ data, error, fetching }, reload] = useQuery({
    query: InstancePrivacyRequestsDocument,
    variables,
    requestPolicy: 'cache-and-network',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  return { page: data?.instancePrivacyRequests, error, fetching, again };
};

/** What people asked for that no workspace owns, and how long requests take in the whole deployment. */
export function InstanceDeskPage() {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: InstancePrivacyFiguresDocument, requestPolicy: 'cache-and-network' });
  return (
    <>
      <h1>{t('instance.title')}</h1>
      <p className="lead">{t('instance.lead')}</p>
      {data && <RequestFigures figures={data.instancePrivacyFigures} />}
      <FindRequest />
      <RequestQueue
        useRequests={useRequests}
        place="/instance/privacy"
        empty={{
          hint: t('instance.emptyHint'),
          action: (
            <a href="/privacy" className="button plain medium">
              {t('instance.form')}
            </a>
          ),
        }}
      />
    </>
  );
}

/** Whoever comes with the code of our answer is found by it, wherever their request is. */
function FindRequest() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return (
    <form
      className="narrow-form"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        const code = formWords(event.currentTarget)('code').toLowerCase();
        if (code !== '') go(`/instance/privacy/${encodeURIComponent(code)}`);
      }}
    >
      <div className="filter-row">
        <TextField
          label={t('instance.find')}
          hint={t('instance.findHint')}
          name="code"
          type="search"
          dir="ltr"
          autoComplete="off"
          maxLength={64}
        />
        <Button type="submit">{t('instance.findButton')}</Button>
      </div>
    </form>
  );
}
