import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { LegalHoldsDocument, toApiFailure, type LegalHoldPartsFragment } from '../../api/documents.js';
import { ReleaseHoldDialog } from '../../contacts/hold-dialogs.js';
import { Button } from '../../ui/button.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { fullDate } from '../../ui/time.js';
import { BackToDesk } from './back-to-desk.js';
import { ContactLine } from './contact-line.js';
import { PlaceHold } from './place-hold.js';
import { useDeskNews } from './use-desk-news.js';

/** What a law or a court keeps from being erased. */
export function HoldsPage() {
  const { t } = useTranslation();
  const [placing, setPlacing] = useState(false);
  const [{ data, error, fetching }, reload] = useQuery({
    query: LegalHoldsDocument,
    requestPolicy: 'cache-and-network',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  useDeskNews(again);
  const place = (
    <Button tone="primary" icon="lock" onClick={() => setPlacing(true)}>
      {t('hold.place')}
    </Button>
  );
  return (
    <>
      <BackToDesk />
      <h1>{t('privacy.holds')}</h1>
      <p className="lead">{t('privacyHold.lead')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={again} />}
      {!data && fetching && <Loading />}
      {data?.legalHolds.length === 0 && (
        <EmptyState icon="lock" title={t('privacyHold.empty')} text={t('privacyHold.emptyHint')} action={place} />
      )}
      {data && data.legalHolds.length > 0 && <div className="button-row">{place}</div>}
      <ul className="cards" aria-label={t('privacy.holds')}>
        {data?.legalHolds.map((hold) => (
          <li key={hold.id} className="card">
            <OneHold hold={hold} onReleased={again} />
          </li>
        ))}
      </ul>
      {placing && <PlaceHold onClose={() => setPlacing(false)} onDone={again} />}
    </>
  );
}

function OneHold({ hold, onReleased }: { hold: LegalHoldPartsFragment; onReleased: () => void }) {
  const { t, i18n } = useTranslation();
  const [releasing, setReleasing] = useState(false);
  const day = (iso: string) => fullDate(iso, i18n.language);
  return (
    <>
      <div className="card-head">
        {hold.contact ? <ContactLine contact={hold.contact} /> : <strong>{t('hold.everything')}</strong>}
        <span className={`chip push-end ${hold.releasedAt === null ? 'warn' : ''}`}>
          {t(hold.releasedAt === null ? 'privacyHold.stands' : 'privacyHold.over')}
        </span>
      </div>
      <p dir="auto">{hold.reason}</p>
      <p className="hint">
        {hold.releasedAt === null
          ? t('privacyHold.since', { time: day(hold.placedAt) })
          : t('privacyHold.fromTo', { from: day(hold.placedAt), to: day(hold.releasedAt) })}
      </p>
      {hold.releasedAt === null && (
        <div className="button-row">
          <Button size="small" tone="danger" onClick={() => setReleasing(true)}>
            {t('hold.release')}
          </Button>
        </div>
      )}
      {releasing && <ReleaseHoldDialog hold={hold} onClose={() => setReleasing(false)} onDone={onReleased} />}
    </>
  );
}
