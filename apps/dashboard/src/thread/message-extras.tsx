import { useTranslation } from 'react-i18next';
import type { MessagePartsFragment } from '../inbox/types.js';
import { kindWord } from '../inbox/words.js';
import { OutsideLink } from '../ui/customer-text.js';
import { Icon } from '../ui/icon.js';

/** What a message is beside its text: a place, a card, a pressed button, a story, an ad that led here. */
export function MessageExtras({ message }: { message: MessagePartsFragment }) {
  const { t } = useTranslation();
  const { location, contactCards, postback, referral, kind } = message;
  const named = ['STORY_MENTION', 'STORY_REPLY', 'SHARE', 'UNSUPPORTED', 'TEMPLATE'].includes(kind);
  return (
    <>
      {referral && (
        <p className="extra">
          <Icon name="link" size={14} />
          <span>
            {t(referral.adId ? 'extra.ad' : 'extra.referral', {
              source: referral.source ?? '',
              ref: referral.ref ?? referral.adId ?? '',
            })}{' '}
            {referral.url && <OutsideLink href={referral.url}>{referral.url}</OutsideLink>}
          </span>
        </p>
      )}
      {named && (
        <p className="extra">
          <Icon name={kind === 'UNSUPPORTED' ? 'alert' : 'spark'} size={14} /> {kindWord(kind, t)}
        </p>
      )}
      {postback && (
        <p className="extra">
          <Icon name="bolt" size={14} />
          <span>
            {t('extra.postback')} <bdi>{postback.title ?? postback.payload}</bdi>
          </span>
        </p>
      )}
      {location && (
        <p className="extra">
          <Icon name="pin" size={14} />
          <span dir="auto">
            {[location.name, location.address].filter(Boolean).join(', ') || kindWord('LOCATION', t)}{' '}
            <OutsideLink
              href={mapHref(location.latitude, location.longitude)}
            >{`${location.latitude}, ${location.longitude}`}</OutsideLink>
          </span>
        </p>
      )}
      {contactCards.map((card, index) => (
        <div className="extra" key={index}>
          <Icon name="card" size={14} />
          <div>
            <strong dir="auto">{card.name ?? kindWord('CONTACTS', t)}</strong>
            {card.phones.map((phone) => (
              <div key={phone}>
                <OutsideLink href={`tel:${phone.replace(/[^\d+]/gu, '')}`}>{phone}</OutsideLink>
              </div>
            ))}
            {card.emails.map((email) => (
              <div key={email}>
                <OutsideLink href={`mailto:${email}`}>{email}</OutsideLink>
              </div>
            ))}
          </div>
        </div>
      ))}
    </>
  );
}

function mapHref(latitude: number, longitude: number): string {
  return `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
}
