import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ContactTagsDocument } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import type { OpenContact } from './contact-details.js';
import { useSaveContact } from './save-contact.js';
import { TagList } from './tag-list.js';

/** The labels of a contact, those in use suggested. */
export function ContactTags({ contact: { id, tags } }: { contact: OpenContact }) {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const { save, saving, saveOrTell } = useSaveContact(id);
  const [{ data }] = useQuery({ query: ContactTagsDocument, pause: !mayWrite, requestPolicy: 'cache-and-network' });
  return (
    <TagList
      tags={tags}
      inUse={data?.contactTags}
      saving={saving}
      onRemove={(tag, others) => void saveOrTell({ tags: others }, t('customer.tagRemoved', { tag }), { tags })}
      onAdd={(wanted) => save({ tags: wanted })}
    />
  );
}
