import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PrivacyContactFragment } from '../../api/documents.js';
import { contactName } from '../../inbox/words.js';

/** A contact by name and addresses, with the way to what was written with them. */
export function ContactLine({ contact }: { contact: PrivacyContactFragment }) {
  const { t } = useTranslation();
  const name = contactName(contact, t);
  const conversation = contact.conversations.nodes[0];
  return (
    <span className="contact-line-words">
      {conversation ? (
        <strong>
          <Link href={`/inbox/all/${conversation.id}/details`}>
            <bdi>{name}</bdi>
          </Link>
        </strong>
      ) : (
        <strong dir="auto">{name}</strong>
      )}{' '}
      <bdi className="hint">{[...contact.emails, ...contact.phones].join(', ')}</bdi>
    </span>
  );
}
