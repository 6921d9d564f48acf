import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ContactsDocument, toApiFailure, type ContactsQuery } from '../../api/documents.js';
import { contactName } from '../../inbox/words.js';
import { Avatar } from '../../ui/avatar.js';
import { Button } from '../../ui/button.js';
import { useDebounced } from '../../ui/debounced.js';
import { TextField } from '../../ui/field.js';
import { FailureNote, Loading } from '../../ui/states.js';

export type FoundContact = ContactsQuery['contacts']['nodes'][number];

interface Props {
  chosen: readonly FoundContact[];
  /** So many can be chosen. */
  most: number;
  onChange: (chosen: readonly FoundContact[]) => void;
  /** What is looked for at first. */
  start?: string;
  error?: string | undefined;
}

const shown = 8;

/** Chooses contacts by what they are called or write from. */
export function FindContacts({ chosen, most, onChange, start = '', error: refused }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(start);
  const search = useDebounced(text.trim());
  const [{ data, error, fetching }, reload] = useQuery({
    query: ContactsDocument,
    variables: { search, first: 10, after: null },
    pause: search === '',
    requestPolicy: 'cache-and-network',
  });
  const isChosen = (id: string) => chosen.some((one) => one.id === id);
  const found = search === '' ? [] : (data?.contacts.nodes ?? []).filter(({ id }) => !isChosen(id)).slice(0, shown);
  return (
    <div className="stack">
      {chosen.length > 0 && (
        <ul className="found-contacts" aria-label={t('privacy.chosen')}>
          {chosen.map((contact) => (
            <li key={contact.id} className="chosen-contact">
              <strong dir="auto">{contactName(contact, t)}</strong>
              <Button
                size="small"
                aria-label={t('privacy.notThem', { name: contactName(contact, t) })}
                onClick={() => onChange(chosen.filter(({ id }) => id !== contact.id))}
              >
                {t('privacy.takeAway')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {chosen.length < most && (
        <>
          <TextField
            label={t('privacy.findContact')}
            type="search"
            dir="auto"
            value={text}
            error={refused}
            onChange={(event) => setText(event.target.value)}
          />
          {error && (
            <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />
          )}
          {fetching && !data && <Loading />}
          {search !== '' && data && !fetching && found.length === 0 && <p className="hint">{t('privacy.nobodySo')}</p>}
          {found.length > 0 && (
            <ul className="found-contacts" aria-label={t('privacy.found')}>
              {found.map((contact) => (
                <li key={contact.id}>
                  <button type="button" className="pick" onClick={() => onChange([...chosen, contact])}>
                    <Avatar name={contactName(contact, t)} size="small" />
                    <span className="result-main">
                      <strong dir="auto">{contactName(contact, t)}</strong>{' '}
                      <bdi className="hint">{[...contact.emails, ...contact.phones].join(', ')}</bdi>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </div>
  );
}
