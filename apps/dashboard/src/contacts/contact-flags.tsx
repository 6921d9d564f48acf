import { useTranslation } from 'react-i18next';
import type { OpenContact } from './contact-details.js';

const flags = ['blocked', 'automationObjected', 'processingRestricted'] as const;

/** What must not be done with this person, in words. */
export function ContactFlags({ contact }: { contact: Pick<OpenContact, (typeof flags)[number]> }) {
  const { t } = useTranslation();
  const set = flags.filter((flag) => contact[flag]);
  if (set.length === 0) return null;
  return (
    <ul className="plain-list">
      {set.map((flag) => (
        <li key={flag} className="flag-note">
          <strong>{t(`customer.${flag}`)}</strong>
          <p>{t(`customer.${flag}Means`)}</p>
        </li>
      ))}
    </ul>
  );
}
