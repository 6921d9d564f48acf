import { useTranslation } from 'react-i18next';
import { contactName } from '../inbox/words.js';
import { Button } from '../ui/button.js';
import type { OpenContact } from './contact-details.js';

interface Props {
  contact: OpenContact;
  onCompare: (otherId: string) => void;
}

/** Who has the same proven address: looked at side by side before anybody is made one. */
export function MergeSuggestions({ contact, onCompare }: Props) {
  const { t } = useTranslation();
  return (
    <ul className="plain-list">
      {contact.mergeSuggestions.map(({ address, contact: other }) => (
        <li key={other.id} className="contact-merge">
          <p dir="auto">{t('customer.suggested', { name: contactName(other, t), address })}</p>
          <Button size="small" tone="primary" onClick={() => onCompare(other.id)}>
            {t('customer.compare')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
