import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icon.js';
import type { OpenLead } from './lead-pane.js';

/** What they agreed to in a form, and what they left open. */
export function LeadConsents({ consents }: Pick<OpenLead, 'consents'>) {
  const { t } = useTranslation();
  if (consents.length === 0) return null;
  return (
    <section>
      <h3>{t('leads.consents')}</h3>
      <ul className="plain-list">
        {consents.map(({ text, given }) => (
          <li key={text} className="lead-consent">
            <Icon name={given ? 'check' : 'close'} size={16} />
            <span>
              <strong>{t(given ? 'leads.agreed' : 'leads.notAgreed')}</strong> <bdi>{text}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
