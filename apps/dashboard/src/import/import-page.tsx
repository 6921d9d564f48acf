import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearch } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import { useWorkspace } from '../session/workspace.js';
import { Icon } from '../ui/icon.js';
import { NoPermission } from '../ui/no-permission.js';
import { ChooseTable } from './choose-table.js';
import { ImportRun } from './import-run.js';
import { MapColumns } from './map-columns.js';
import { readPlan } from './import-plan.js';

/** Leads out of a file, step by step: the file, its columns, what came of it. The address says which step it is, and of what. */
export default function ImportPage() {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const { importId } = useParams();
  const fileId = new URLSearchParams(useSearch()).get('file');
  const plan = readPlan(useHistoryState<unknown>());
  const isChoosing = !importId && !fileId;
  return (
    <main className="page import-page" id="content" tabIndex={-1}>
      <p>
        <Link href={isChoosing ? '/leads' : '/leads/import'} className="back-link">
          <Icon name="back" size={16} /> {t(isChoosing ? 'nav.leads' : 'leadImport.all')}
        </Link>
      </p>
      {mayWrite ? <h1>{t('leadImport.title')}</h1> : <NoPermission title={t('leadImport.title')} />}
      {mayWrite && isChoosing && <ChooseTable />}
      {mayWrite && importId && <ImportRun key={importId} id={importId} plan={plan} />}
      {mayWrite && !importId && fileId && (
        <MapColumns key={fileId} fileId={fileId} plan={plan?.fileId === fileId ? plan : null} />
      )}
    </main>
  );
}
