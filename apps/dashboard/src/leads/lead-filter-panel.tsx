import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../session/workspace.js';
import { SelectField, TextField } from '../ui/field.js';
import { SettledField } from '../ui/settled-field.js';
import { Toggle, toggled } from '../ui/toggle.js';
import { leadSources, leadStatuses, type LeadFilters } from './lead-filters.js';

interface Props {
  filters: LeadFilters;
  onChange: (filters: LeadFilters) => void;
}

/** Narrows the leads; what is chosen counts at once. */
export function LeadFilterPanel({ filters, onChange }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const change = (part: Partial<LeadFilters>) => onChange({ ...filters, ...part });
  return (
    <div className="filter-panel" role="group" aria-label={t('leads.filter')}>
      <fieldset className="toggles">
        <legend>{t('leads.status')}</legend>
        {leadStatuses.map((status) => (
          <Toggle
            key={status}
            on={filters.status.includes(status)}
            label={t(`leadStatus.${status}`)}
            onToggle={() => change({ status: toggled(filters.status, status) })}
          />
        ))}
      </fieldset>
      <fieldset className="toggles">
        <legend>{t('leads.source')}</legend>
        {leadSources.map((source) => (
          <Toggle
            key={source}
            on={filters.source.includes(source)}
            label={t(`leadSource.${source}`)}
            onToggle={() => change({ source: toggled(filters.source, source) })}
          />
        ))}
      </fieldset>
      <div className="lead-filter-row">
        <SettledField
          label={t('leads.search')}
          type="search"
          value={filters.text}
          onSettled={(text) => change({ text })}
        />
        <SelectField
          label={t('leads.owner')}
          value={filters.owner ?? ''}
          onChange={(event) => change({ owner: event.target.value || null })}
        >
          <option value="">{t('filter.anyone')}</option>
          <option value="me">{t('filter.me')}</option>
          <option value="none">{t('filter.none')}</option>
          {workspace.members.map((member) => (
            <option key={member.id} value={member.id}>
              {member.user.name}
            </option>
          ))}
        </SelectField>
        <SettledField
          label={t('filter.tag')}
          value={filters.tag ?? ''}
          onSettled={(tag) => change({ tag: tag || null })}
        />
        <TextField
          label={t('leads.since')}
          type="date"
          value={filters.since ?? ''}
          onChange={(event) => change({ since: event.target.value || null })}
        />
      </div>
    </div>
  );
}
