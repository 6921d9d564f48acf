import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Link } from 'wouter';
import { CancelImportDocument, LeadImportDocument, toApiFailure, type LeadImportQuery } from '../api/documents.js';
import { changed, useNews } from '../session/use-news.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import type { ImportPlan } from './import-plan.js';
import { ImportResult } from './import-result.js';
import { importState } from './import-state.js';
import { StepTitle } from './step-title.js';

type Import = NonNullable<LeadImportQuery['leadImport']>;

const ofImports = changed('lead-imports');
/** The server tells how far it is; where its line is cut it is asked. */
const askedEvery = 4_000;

interface Props {
  id: string;
  /** What was wanted of the file, where this window knows it. */
  plan: ImportPlan | null;
}

/** The last step: how far an import is, and what came of it. */
export function ImportRun({ id, plan }: Props) {
  const { t } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({
    query: LeadImportDocument,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  useNews(ofImports, again);
  const one = data?.leadImport;
  const isOpen = one?.finishedAt === null;
  useEffect(() => {
    if (!isOpen) return;
    const timer = setInterval(() => reload({ requestPolicy: 'network-only' }), askedEvery);
    return () => clearInterval(timer);
  }, [isOpen, reload]);
  if (error && !one) return <FailureNote failure={toApiFailure(error)} onRetry={again} />;
  if (!one)
    return fetching ? (
      <Loading />
    ) : (
      <EmptyState
        icon="file"
        title={t('leadImport.gone')}
        action={
          <Link href="/leads/import" className="button plain medium">
            {t('leadImport.all')}
          </Link>
        }
      />
    );
  const state = importState(one);
  return (
    <>
      <StepTitle>{t(one.dryRun ? 'leadImport.try' : 'leadImport.import')}</StepTitle>
      <p className="import-line">
        <strong dir="auto">{one.fileName ?? t('leadImport.fileGone')}</strong>
        <span className="chip">{t(`leadImport.state.${state}`)}</span>
      </p>
      <Progress one={one} />
      {!isOpen && <ImportResult one={one} plan={plan} />}
    </>
  );
}

/** How far it is; said again to those who do not see it whenever it goes on. */
function Progress({ one }: { one: Import }) {
  const { t } = useTranslation();
  const [, cancel] = useMutation(CancelImportDocument);
  const { ask, busy, failure } = useAsk();
  const isOpen = one.finishedAt === null;
  const words =
    one.total === null ? t('leadImport.counting') : t('leadImport.progress', { done: one.processed, total: one.total });
  return (
    <div className="import-progress">
      {isOpen && (
        <progress
          aria-label={t(`leadImport.state.${importState(one)}`)}
          {...(one.total === null ? {} : { value: one.processed, max: Math.max(one.total, 1) })}
        />
      )}
      <p role="status" className={isOpen ? undefined : 'visually-hidden'}>
        {isOpen ? words : t(`leadImport.state.${importState(one)}`)}
      </p>
      {failure && <FailureNote failure={failure} />}
      {isOpen && (
        <div className="button-row">
          <Button busy={busy} onClick={() => void ask(() => cancel({ id: one.id }))}>
            {t('leadImport.cancel')}
          </Button>
          <span className="hint">{t('leadImport.mayLeave')}</span>
        </div>
      )}
    </div>
  );
}
