import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ChannelsDocument } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { SelectField } from '../ui/field.js';
import { SettledField } from '../ui/settled-field.js';
import { Toggle, toggled } from '../ui/toggle.js';
import { ChannelBadge } from './channel-badge.js';
import { statuses, type InboxFilters } from './filters.js';

interface Props {
  filters: InboxFilters;
  /** Tags that the list shows just now, to choose from. */
  tags: readonly string[];
  onChange: (filters: InboxFilters) => void;
}

const flags = ['unread', 'mentioned', 'drafted', 'spam'] as const;

/** Narrows the list; what is chosen counts at once. */
export default function FilterPanel({ filters, tags, onChange }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [{ data }] = useQuery({ query: ChannelsDocument });
  const known = useId();
  const channels = data?.channels ?? [];
  const change = (part: Partial<InboxFilters>) => onChange({ ...filters, ...part });
  return (
    <div className="filter-panel" role="group" aria-label={t('filter.title')}>
      <SettledField
        label={t('filter.text')}
        type="search"
        value={filters.text}
        onSettled={(text) => change({ text })}
      />
      <fieldset className="toggles">
        <legend>{t('thread.status')}</legend>
        {statuses.map((status) => (
          <Toggle
            key={status}
            on={filters.status.includes(status)}
            label={t(`status.${status}`)}
            onToggle={() => change({ status: toggled(filters.status, status) })}
          />
        ))}
      </fieldset>
      {channels.length > 1 && (
        <fieldset className="toggles">
          <legend>{t('filter.channel')}</legend>
          {channels.map(({ id, kind, name }) => (
            <Toggle
              key={id}
              on={filters.channels.includes(id)}
              label={name}
              mark={<ChannelBadge kind={kind} />}
              onToggle={() => change({ channels: toggled(filters.channels, id) })}
            />
          ))}
        </fieldset>
      )}
      <div className="filter-pair">
        <SelectField
          label={t('filter.assignee')}
          value={filters.assignee ?? ''}
          onChange={(event) => change({ assignee: event.target.value || null })}
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
          list={known}
          value={filters.tag ?? ''}
          onSettled={(tag) => change({ tag: tag || null })}
        />
        <datalist id={known}>
          {tags.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      </div>
      <fieldset className="toggles">
        <legend>{t('filter.only')}</legend>
        {flags.map((flag) => (
          <Toggle
            key={flag}
            on={filters[flag]}
            label={t(`filter.${flag}`)}
            onToggle={() => change({ [flag]: !filters[flag] })}
          />
        ))}
      </fieldset>
    </div>
  );
}
