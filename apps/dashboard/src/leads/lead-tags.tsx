import { useTranslation } from 'react-i18next';
import { TagList } from '../contacts/tag-list.js';
import { useChangeLead } from './change-lead.js';
import type { OpenLead } from './lead-pane.js';

/** The labels of a lead. */
export function LeadTags({ lead }: { lead: OpenLead }) {
  const { t } = useTranslation();
  const { change, changeOrTell } = useChangeLead();
  return (
    <TagList
      tags={lead.tags}
      onRemove={(tag, tags) => changeOrTell(lead, { tags }, t('customer.tagRemoved', { tag }))}
      onAdd={(tags) => change(lead, { tags }, t('done.tagged'))}
    />
  );
}
