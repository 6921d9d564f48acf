import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LeadImportQuery } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { FailureNote } from '../ui/states.js';
import { countWords } from '../ui/time.js';
import { withPlan, type ImportPlan } from './import-plan.js';
import { useImport } from './map-columns.js';
import { RejectedLines } from './rejected-lines.js';

type Import = NonNullable<LeadImportQuery['leadImport']>;

interface Props {
  one: Import;
  plan: ImportPlan | null;
}

/** What came of a file, or would come of it; which lines were not taken and why; and where to go on. */
export function ImportResult({ one, plan }: Props) {
  const { t, i18n } = useTranslation();
  const { result, dryRun, stopped } = one;
  const count = (number: number) => countWords(number, i18n.language);
  const words = dryRun ? 'wouldBe' : 'were';
  return (
    <>
      {stopped && (
        <div className="failure-note" role="alert">
          <Icon name="alert" />
          <p>{t(`leadImport.stopped.${stopped}`)}</p>
        </div>
      )}
      {dryRun && !stopped && <p className="lead">{t('leadImport.nothingWritten')}</p>}
      {result && (
        <dl className="report-total">
          <div>
            <dt>{t(`leadImport.${words}.created`)}</dt>
            <dd>{count(result.created)}</dd>
          </div>
          <div>
            <dt>{t(`leadImport.${words}.updated`)}</dt>
            <dd>{count(result.updated)}</dd>
          </div>
          <div className={result.rejectedCount > 0 ? 'late' : undefined}>
            <dt>{t(`leadImport.${words}.rejected`)}</dt>
            <dd>{count(result.rejectedCount)}</dd>
          </div>
        </dl>
      )}
      {dryRun ? <AfterTrying one={one} plan={plan} /> : <AfterImporting />}
      {result && <RejectedLines one={one} result={result} />}
    </>
  );
}

/** A file that was only tried: it is imported as it was tried, or its columns are looked at again. */
function AfterTrying({ one: { fileId, stopped }, plan }: Props) {
  const { t } = useTranslation();
  if (!fileId)
    return (
      <div className="button-row">
        <Link href="/leads/import" className="button plain medium">
          {t('leadImport.another')}
        </Link>
      </div>
    );
  const known = plan?.fileId === fileId ? plan : null;
  return (
    <>
      {known && !stopped && <ImportNow plan={known} />}
      <p>
        <Link href={`/leads/import?file=${fileId}`} {...(known ? { state: withPlan(known) } : {})}>
          {t('leadImport.toColumns')}
        </Link>
      </p>
    </>
  );
}

function ImportNow({ plan }: { plan: ImportPlan }) {
  const { t } = useTranslation();
  const { begin, busy, failure } = useImport(plan);
  return (
    <>
      {failure && <FailureNote failure={failure} />}
      <div className="button-row">
        <Button tone="primary" busy={busy} onClick={() => void begin(plan.targets, false)}>
          {t('leadImport.importNow')}
        </Button>
      </div>
    </>
  );
}

function AfterImporting() {
  const { t } = useTranslation();
  return (
    <div className="button-row">
      <Link href="/leads?view=list&source=import" className="button primary medium">
        {t('leadImport.look')}
      </Link>
      <Link href="/leads/import" className="button plain medium">
        {t('leadImport.another')}
      </Link>
    </div>
  );
}
