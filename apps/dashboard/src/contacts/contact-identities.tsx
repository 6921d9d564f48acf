import { useTranslation } from 'react-i18next';
import { ChannelBadge } from '../inbox/channel-badge.js';
import type { OpenContact } from './contact-details.js';

/** Where they write from, and how far each address can be believed. */
export function ContactIdentities({ identities }: Pick<OpenContact, 'identities'>) {
  const { t } = useTranslation();
  if (identities.length === 0) return null;
  return (
    <section>
      <h3>{t('customer.identities')}</h3>
      <ul className="plain-list">
        {identities.map(({ kind, externalId, handle, verified }) => (
          <li key={`${kind} ${externalId}`} className="identity">
            <ChannelBadge kind={kind} />
            <span className="identity-words">
              <bdi>{handle ?? externalId}</bdi>
              {handle !== null && handle !== externalId && <bdi className="hint">{externalId}</bdi>}
            </span>
            <span
              className={verified ? 'chip' : 'chip warn'}
              title={t(verified ? 'customer.verifiedHint' : 'customer.unverifiedHint')}
            >
              {t(verified ? 'customer.verified' : 'customer.unverified')}
            </span>
          </li>
        ))}
      </ul>
      {identities.some(({ verified }) => !verified) && <p className="hint">{t('customer.unverifiedHint')}</p>}
    </section>
  );
}
