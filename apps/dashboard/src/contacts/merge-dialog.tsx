import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ContactDocument, ContactsDocument, toApiFailure } from '../api/documents.js';
import { ChannelBadge } from '../inbox/channel-badge.js';
import { contactName } from '../inbox/words.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { useDebounced } from '../ui/debounced.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/field.js';
import { FailureNote, Loading } from '../ui/states.js';
import { MergeComparison } from './merge-comparison.js';
import type { OpenContact } from './contact-details.js';
import { useMerges } from './use-merges.js';

interface Props {
  contact: OpenContact;
  /** The one that is thought of already; null where it is to be looked for. */
  otherId: string | null;
  onClose: () => void;
}

/** "This is the same person as…": finds the other, shows what becomes of the two, and makes them one. */
export function MergeDialog({ contact, otherId, onClose }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(otherId);
  return (
    <Dialog title={t('customer.sameAs')} onClose={onClose} wide={chosen !== null}>
      {chosen === null ? (
        <FindOther contact={contact} onChoose={setChosen} />
      ) : (
        <Compare contact={contact} otherId={chosen} onBack={() => setChosen(null)} onClose={onClose} />
      )}
    </Dialog>
  );
}

function FindOther({ contact, onChoose }: { contact: OpenContact; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  // Whoever is called alike, or has the same address, is the likeliest.
  const [text, setText] = useState(contact.name ?? contact.emails[0] ?? contact.phones[0] ?? '');
  const search = useDebounced(text.trim());
  const [{ data, error, fetching }, reload] = useQuery({
    query: ContactsDocument,
    variables: { search, first: 10, after: null },
    pause: search === '',
    requestPolicy: 'cache-and-network',
  });
  const found = search === '' ? [] : (data?.contacts.nodes ?? []).filter(({ id }) => id !== contact.id).slice(0, 10);
  return (
    <>
      <TextField
        label={t('contacts.search')}
        type="search"
        dir="auto"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {fetching && !data && <Loading />}
      {search !== '' && data && !fetching && found.length === 0 && <p className="hint">{t('customer.nobodyElse')}</p>}
      <ul className="plain-list" aria-label={t('customer.found')}>
        {found.map((one) => {
          const name = contactName(one, t);
          return (
            <li key={one.id}>
              <button type="button" className="pick" onClick={() => onChoose(one.id)}>
                <Avatar name={name} size="small" />
                <span className="result-main">
                  <strong dir="auto">{name}</strong>
                  <span className="hint">
                    {one.identities.map(({ kind, externalId }) => (
                      <ChannelBadge key={externalId} kind={kind} />
                    ))}{' '}
                    <bdi>{[...one.emails, ...one.phones].join(', ')}</bdi>
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

interface CompareProps extends Props {
  otherId: string;
  onBack: () => void;
}

function Compare({ contact, otherId, onBack, onClose }: CompareProps) {
  const { t } = useTranslation();
  const [{ data, error }, reload] = useQuery({ query: ContactDocument, variables: { id: otherId } });
  const [swapped, setSwapped] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { busy, merge } = useMerges();
  const other = data?.contact;
  if (error && !other)
    return <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Loading />;
  if (!other) return <p>{t('customer.gone')}</p>;
  const [keep, merged] = swapped ? [other, contact] : [contact, other];
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        void merge(keep.id, merged.id, contactName(merged, t)).then((words) =>
          words === null ? onClose() : setRefused(words),
        );
      }}
    >
      <MergeComparison keep={keep} merged={merged} />
      <p className="hint">{t('customer.mergeHint')}</p>
      {refused !== null && (
        <p className="field-error" role="alert">
          {refused}
        </p>
      )}
      <div className="button-row">
        <Button type="submit" tone="primary" busy={busy} autoFocus>
          {t('customer.merge')}
        </Button>
        <Button onClick={() => setSwapped(!swapped)}>{t('customer.keepOther')}</Button>
        <Button tone="quiet" onClick={onBack}>
          {t('customer.another')}
        </Button>
      </div>
    </form>
  );
}
