import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { WorkspaceSettingsDocument, toApiFailure } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { FailureNote, Loading } from '../ui/states.js';
import { fullDate } from '../ui/time.js';
import { BusinessHoursForm } from './business-hours.js';
import { ControllerForm } from './controller-form.js';
import { DeleteWorkspace, TransferOwnership } from './end-of-workspace.js';
import { OtherWorkspaces } from './other-workspaces.js';
import { RetentionForm } from './retention-form.js';
import { WorkspaceForm } from './workspace-form.js';

/** The workspace: what it is called, when it is open, who stands behind it, what it keeps, and how it ends. */
export function WorkspacePage() {
  const { t, i18n } = useTranslation();
  const { workspace, me, mayAdminister } = useWorkspace();
  const [{ data, error, fetching }, reload] = useQuery({ query: WorkspaceSettingsDocument });
  return (
    <>
      <h1>{t('settings.workspace')}</h1>
      <p className="hint">{t('workspace.since', { time: fullDate(workspace.createdAt, i18n.language) })}</p>
      {!mayAdminister && <p className="hint">{t('channels.adminsOnly')}</p>}
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && (
        <>
          <WorkspaceForm settings={data.workspace} />
          <BusinessHoursForm hours={data.workspace.businessHours} />
          <ControllerForm controller={data.workspace.controller} />
          <RetentionForm retention={data.workspace.retention} />
        </>
      )}
      <OtherWorkspaces />
      {me?.role === 'OWNER' && (
        <>
          <TransferOwnership />
          <DeleteWorkspace />
        </>
      )}
    </>
  );
}
