import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { LeadImportsDocument, toApiFailure, type LeadImportsQuery } from '../api/documents.js';
import { changed, useNews } from '../session/use-news.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { ToForm } from '../ui/to-form.js';
import { fullTime } from '../ui/time.js';
import { importState } from './import-state.js';

type Import = LeadImportsQuery['leadImports'][number];

const ofImports = changed('lead-imports');

/** What was imported, and tried, before: the newest first. */
export function EarlierImports({ form }: { form: RefObject<HTMLFormElement | null> }) {
  const { t } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({
    query: LeadImportsDocument,
    requestPolicy: 'cache-and-network',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  useNews(ofImports, again);
  const imports = data?.leadImports ?? [];
  if (error && !data) return <FailureNote failure={toApiFailure(error)} onRetry={again} />;
  if (!data) return fetching ? <Loading /> : null;
  if (imports.length === 0)
    return (
      <EmptyState
        icon="file"
        title={t('leadImport.empty')}
        text={t('leadImport.emptyHint')}
        action={<ToForm label={t('leadImport.choose')} form={form} />}
      />
    );
  return (
    <section>
      <h2>{t('leadImport.earlier')}</h2>
      <ul className="result-list" aria-label={t('leadImport.earlier')}>
        {imports.map((one) => (
          <li key={one.id}>
            <Link href={`/leads/import/${one.id}`} className="result">
              <ImportLine one={one} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ImportLine({ one }: { one: Import }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <span className="import-line">
        <strong dir="auto">{one.fileName ?? t('leadImport.fileGone')}</strong>
        <span className="chip">{t(`leadImport.state.${importState(one)}`)}</span>
      </span>
      <span className="hint">
        {fullTime(one.createdAt, i18n.language)}
        {one.result &&
          ` · ${t('leadImport.counts', {
            created: one.result.created,
            updated: one.result.updated,
            rejected: one.result.rejectedCount,
          })}`}
      </span>
    </>
  );
}
