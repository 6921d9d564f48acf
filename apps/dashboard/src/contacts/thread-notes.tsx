import { useTranslation } from 'react-i18next';
import type { ConversationRowFragment } from '../inbox/types.js';
import { Icon } from '../ui/icon.js';
import FloodMark from './flood-mark.js';

/** What whoever answers has to know of this person before they do. */
export default function ThreadNotes({ conversation }: { conversation: ConversationRowFragment }) {
  const { t } = useTranslation();
  const { contact, id, lastActivityAt } = conversation;
  const flag = contact.processingRestricted
    ? 'processingRestricted'
    : contact.automationObjected
      ? 'automationObjected'
      : null;
  return (
    <>
      <FloodMark conversationId={id} lastActivityAt={lastActivityAt} inThread />
      {flag && (
        <p className="thread-note" role="note">
          <Icon name="lock" size={16} /> <strong>{t(`customer.${flag}`)}</strong> {t(`customer.${flag}Means`)}
        </p>
      )}
    </>
  );
}
