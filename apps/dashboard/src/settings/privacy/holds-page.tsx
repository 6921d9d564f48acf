import { useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  LegalHoldsDocument,
  PlaceLegalHoldDocument,
  ReleaseLegalHoldDocument,
  toApiFailure,
  type LegalHoldPartsFragment,
} from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { SelectField, TextArea } from '../../ui/field.js';
import { formWords } from '../../ui/form-words.js';
import { notify } from '../../ui/notices.js';
import { EmptyState, FailureNote, Loading } from '../../ui/states.js';
import { fullDate } from '../../ui/time.js';
import { ToForm } from '../../ui/to-form.js';
import { BackToDesk } from './back-to-desk.js';
import { ContactLine } from './contact-line.js';
import { FindContacts, type FoundContact } from './find-contacts.js';
import { useDeskNews } from './use-desk-news.js';

/** What a law or a court keeps from being erased. */
export function HoldsPage() {
  const { t } = useTranslation();
  const form = useRef<HTMLFormElement>(null);
  const [{ data, error, fetching }, reload] = useQuery({
    query: LegalHoldsDocument,
    requestPolicy: 'cache-and-network',
  });
  const again = () => reload({ requestPolicy: 'network-only' });
  useDeskNews(again);
  return (
    <>
      <BackToDesk />
      <h1>{t('privacy.holds')}</h1>
      <p className="lead">{t('privacyHold.lead')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={again} />}
      {!data && fetching && <Loading />}
      {data?.legalHolds.length === 0 && (
        <EmptyState
          icon="lock"
          title={t('privacyHold.empty')}
          text={t('privacyHold.emptyHint')}
          action={<ToForm label={t('privacyHold.place')} form={form} />}
        />
      )}
      <ul className="cards" aria-label={t('privacy.holds')}>
        {data?.legalHolds.map((hold) => (
          <li key={hold.id} className="card">
            <OneHold hold={hold} />
          </li>
        ))}
      </ul>
      <PlaceHold form={form} />
    </>
  );
}

function OneHold({ hold }: { hold: LegalHoldPartsFragment }) {
  const { t, i18n } = useTranslation();
  const [releasing, setReleasing] = useState(false);
  const day = (iso: string) => fullDate(iso, i18n.language);
  return (
    <>
      <div className="card-head">
        {hold.contact ? <ContactLine contact={hold.contact} /> : <strong>{t('privacyHold.everything')}</strong>}
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
            {t('privacyHold.release')}
          </Button>
        </div>
      )}
      {releasing && <ReleaseDialog hold={hold} onClose={() => setReleasing(false)} />}
    </>
  );
}

function ReleaseDialog({ hold, onClose }: { hold: LegalHoldPartsFragment; onClose: () => void }) {
  const { t } = useTranslation();
  const [, release] = useMutation(ReleaseLegalHoldDocument);
  const { ask, busy, failure } = useAsk();
  return (
    <Dialog title={t('privacyHold.release')} onClose={onClose}>
      <p>{t('privacyHold.releaseText')}</p>
      {failure && <FailureNote failure={failure} />}
      <div className="button-row">
        <Button
          tone="danger"
          busy={busy}
          onClick={() =>
            void ask(() => release({ id: hold.id })).then((result) => {
              if (!result) return;
              notify(t('privacyHold.released'));
              onClose();
            })
          }
        >
          {t('privacyHold.release')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </Dialog>
  );
}

function PlaceHold({ form }: { form: RefObject<HTMLFormElement | null> }) {
  const { t } = useTranslation();
  const [ofOne, setOfOne] = useState(true);
  const [chosen, setChosen] = useState<readonly FoundContact[]>([]);
  const [, place] = useMutation(PlaceLegalHoldDocument);
  const { ask, busy, failure, errorOf, refuse } = useAsk('reason', 'contactId');
  return (
    <section>
      <h2>{t('privacyHold.place')}</h2>
      <form
        ref={form}
        className="narrow-form"
        onSubmit={(event) => {
          event.preventDefault();
          const element = event.currentTarget;
          const contactId = ofOne ? (chosen[0]?.id ?? null) : null;
          // Without this, nobody chosen would mean everybody.
          if (ofOne && contactId === null) return refuse({ ...nobody, message: t('privacyHold.chooseContact') });
          void ask(() => place({ contactId, reason: formWords(element)('reason') })).then((result) => {
            if (!result) return;
            notify(t('privacyHold.placed'));
            setChosen([]);
            element.reset();
          });
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <SelectField
          label={t('privacyHold.whose')}
          value={ofOne ? 'contact' : 'all'}
          onChange={(event) => setOfOne(event.target.value === 'contact')}
        >
          <option value="contact">{t('privacyHold.ofContact')}</option>
          <option value="all">{t('privacyHold.everything')}</option>
        </SelectField>
        {ofOne && <FindContacts chosen={chosen} most={1} onChange={setChosen} error={errorOf('contactId')} />}
        <TextArea
          label={t('privacyHold.reason')}
          hint={t('privacyHold.reasonHint')}
          name="reason"
          rows={3}
          dir="auto"
          required
          maxLength={1_000}
          error={errorOf('reason')}
        />
        <Button type="submit" busy={busy}>
          {t('privacyHold.button')}
        </Button>
      </form>
    </section>
  );
}

const nobody = { code: 'BAD_USER_INPUT', field: 'contactId', requestId: null, retryAfter: null } as const;
