import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { LegalHoldsDocument, toApiFailure, type LegalHoldPartsFragment } from '../api/documents.js';
import { contactName } from '../inbox/words.js';
import { changed, useNews } from '../session/use-news.js';
import { Button } from '../ui/button.js';
import { part } from '../ui/part.js';
import { FailureNote } from '../ui/states.js';
import { fullDate } from '../ui/time.js';
import type { OpenContact } from './contact-details.js';
import type { ErasedContact } from './erase-dialog.js';

const CopyDialog = part(() => import('./copy-dialog.js').then((module) => ({ default: module.CopyDialog })));
const PlaceHoldDialog = part(() => import('./hold-dialogs.js').then((module) => ({ default: module.PlaceHoldDialog })));
const ReleaseHoldDialog = part(() =>
  import('./hold-dialogs.js').then((module) => ({ default: module.ReleaseHoldDialog })),
);

interface Props {
  contact: OpenContact;
  onErase: (contact: ErasedContact) => void;
}

/** What the law gives a customer, for those who may see to it: a copy, the end of everything, or that nothing ends. */
export function ContactPrivacy({ contact, onErase }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'copy' | 'hold' | LegalHoldPartsFragment | null>(null);
  const { holds, failure, reload } = useHolds(contact.id);
  const close = () => setOpen(null);
  const name = contactName(contact, t);
  return (
    <section>
      <h3>{t('customer.privacy.title')}</h3>
      {failure && <FailureNote failure={failure} onRetry={reload} />}
      {holds.map((hold) => (
        <Hold key={hold.id} hold={hold} onEnd={() => setOpen(hold)} />
      ))}
      <div className="button-row">
        <Button size="small" icon="file" onClick={() => setOpen('copy')}>
          {t('customer.privacy.copy')}
        </Button>
        <Button size="small" icon="lock" onClick={() => setOpen('hold')}>
          {t('hold.place')}
        </Button>
        <Button size="small" tone="danger" onClick={() => onErase({ id: contact.id, name })}>
          {t('customer.privacy.erase')}
        </Button>
      </div>
      <Suspense fallback={null}>
        {open === 'copy' && <CopyDialog contactId={contact.id} onClose={close} />}
        {open === 'hold' && <PlaceHoldDialog contactId={contact.id} onClose={close} onDone={reload} />}
        {typeof open === 'object' && open && <ReleaseHoldDialog hold={open} onClose={close} onDone={reload} />}
      </Suspense>
    </section>
  );
}

function Hold({ hold, onEnd }: { hold: LegalHoldPartsFragment; onEnd: () => void }) {
  const { t, i18n } = useTranslation();
  const day = fullDate(hold.placedAt, i18n.language);
  return (
    <div className="stack">
      <p className="hint">{t(hold.contact ? 'hold.kept' : 'hold.allKept', { day })}</p>
      <p dir="auto">{hold.reason}</p>
      {/* One for the whole workspace is about others too: it is not ended from here. */}
      {hold.contact && (
        <div className="button-row">
          <Button size="small" onClick={onEnd}>
            {t('hold.release')}
          </Button>
        </div>
      )}
    </div>
  );
}

const holdsChanged = changed('legal-holds');

/** The holds that keep this contact now, read again whenever a colleague places or ends one. */
function useHolds(contactId: string) {
  const [{ data, error }, ask] = useQuery({ query: LegalHoldsDocument, requestPolicy: 'cache-and-network' });
  const reload = () => ask({ requestPolicy: 'network-only' });
  useNews(holdsChanged, reload);
  const holds = (data?.legalHolds ?? []).filter(
    ({ releasedAt, contact }) => releasedAt === null && (contact === null || contact.id === contactId),
  );
  return { holds, failure: error && !data ? toApiFailure(error) : null, reload };
}
