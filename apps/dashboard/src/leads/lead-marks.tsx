import { useTranslation } from 'react-i18next';
import type { LeadRowFragment } from '../api/documents.js';

/** Where a lead came from, what it is for, how members labelled it. */
export function LeadMarks({ lead, mostTags }: { lead: LeadRowFragment; mostTags: number }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="chip">{t(`leadSource.${lead.source}`)}</span>
      {lead.test && <span className="chip warn">{t('leads.test')}</span>}
      {lead.tags.slice(0, mostTags).map((tag) => (
        <span className="chip tag" key={tag} dir="auto">
          {tag}
        </span>
      ))}
    </>
  );
}

/** Whose a lead is, in small. */
export function LeadOwner({ lead }: { lead: LeadRowFragment }) {
  const { t } = useTranslation();
  if (!lead.owner) return null;
  return (
    <span className="chip lead-owner" title={t('leads.owner')}>
      <span className="visually-hidden">{t('leads.owner')}: </span>
      <bdi>{lead.owner.user.name}</bdi>
    </span>
  );
}
