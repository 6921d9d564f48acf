import { useTranslation } from 'react-i18next';
import type { LeadRowFragment, LeadStatus } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { SelectField } from '../ui/field.js';
import { useChangeLead } from './change-lead.js';
import { leadStatuses } from './lead-filters.js';

/** How far a lead has come, and whose it is: changed at once, with a way back. */
export function LeadDecisions({ lead }: { lead: LeadRowFragment }) {
  const { t } = useTranslation();
  const { workspace, mayWrite } = useWorkspace();
  const { move, assign } = useChangeLead();
  const owner = lead.owner ?? null;
  if (!mayWrite)
    return (
      <dl className="facts">
        <div>
          <dt>{t('leads.status')}</dt>
          <dd>{t(`leadStatus.${lead.status}`)}</dd>
        </div>
        <div>
          <dt>{t('leads.owner')}</dt>
          <dd dir="auto">{owner?.user.name ?? t('thread.nobody')}</dd>
        </div>
      </dl>
    );
  const gone = owner && !workspace.members.some(({ id }) => id === owner.id) ? [owner] : [];
  return (
    <div className="lead-decisions">
      <SelectField
        label={t('leads.status')}
        value={lead.status}
        onChange={(event) => void move(lead, event.target.value as LeadStatus)}
      >
        {leadStatuses.map((status) => (
          <option key={status} value={status}>
            {t(`leadStatus.${status}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('leads.owner')}
        value={owner?.id ?? ''}
        onChange={(event) => assign(lead, event.target.value || null)}
      >
        <option value="">{t('thread.nobody')}</option>
        {[...workspace.members, ...gone].map(({ id, user }) => (
          <option key={id} value={id}>
            {user.name}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
