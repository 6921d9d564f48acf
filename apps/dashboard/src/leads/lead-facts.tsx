import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fullTime } from '../ui/time.js';
import type { OpenLead } from './lead-pane.js';

/** What they gave of themselves, and where it came from. */
export function LeadFacts({ lead }: { lead: OpenLead }) {
  const { t, i18n } = useTranslation();
  const { name, email, phone, company, source, formId, campaignId, adId, createdAt } = lead;
  const facts: [string, ReactNode][] = [
    [t('customer.name'), name && <span dir="auto">{name}</span>],
    [
      t('customer.emails'),
      email && (
        <a href={`mailto:${email}`} dir="ltr">
          {email}
        </a>
      ),
    ],
    [
      t('customer.phones'),
      phone && (
        <a href={`tel:${phone}`} dir="ltr">
          {phone}
        </a>
      ),
    ],
    [t('leads.company'), company && <span dir="auto">{company}</span>],
    [t('leads.source'), t(`leadSource.${source}`)],
    [t('leads.form'), formId && <bdi>{formId}</bdi>],
    [t('leads.campaign'), campaignId && <bdi>{campaignId}</bdi>],
    [t('leads.advert'), adId && <bdi>{adId}</bdi>],
    [t('leads.came'), fullTime(createdAt, i18n.language)],
  ];
  return (
    <section>
      <h3>{t('leads.given')}</h3>
      <dl className="facts">
        {facts.map(([label, value]) =>
          value ? (
            <div key={label} className="fact-row">
              <dt>{label}</dt>
              <dd>
                <span className="fact-value">{value}</span>
              </dd>
            </div>
          ) : null,
        )}
      </dl>
      {(email ?? phone) && source !== 'MANUAL' && <p className="hint">{t('leads.unproved')}</p>}
    </section>
  );
}
