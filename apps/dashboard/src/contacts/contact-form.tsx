import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { UpdateContactDocument, toApiFailure } from '../api/documents.js';
import { tagsOf } from '../thread/tags.js';
import { Button } from '../ui/button.js';
import { CheckField, TextField } from '../ui/field.js';
import { failureSentence } from '../ui/failure-words.js';
import { formWords } from '../ui/form-words.js';
import { FailureNote } from '../ui/states.js';
import type { OpenContact } from './contact-pane.js';

const lists = ['emails', 'phones', 'tags'] as const;

/** Corrects what is known of a contact. Several addresses, numbers or tags stand in one line, cut by commas. */
export function ContactForm({ contact, onDone }: { contact: OpenContact; onDone: () => void }) {
  const { t } = useTranslation();
  const [{ fetching, error }, update] = useMutation(UpdateContactDocument);
  const [blocked, setBlocked] = useState(contact.blocked);
  const failure = error ? toApiFailure(error) : null;
  const errorOf = (field: string) => (failure?.field === field ? failureSentence(failure, t) : undefined);
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const word = formWords(event.currentTarget);
    const input = {
      id: contact.id,
      name: word('name') || null,
      language: word('language') || null,
      blocked,
      emails: tagsOf(word('emails')),
      phones: tagsOf(word('phones')),
      tags: tagsOf(word('tags')),
    };
    void update({ input }).then((result) => result.error || onDone());
  };
  return (
    <form className="stack" onSubmit={submit}>
      {failure && !['name', 'language', ...lists].includes(failure.field ?? '') && <FailureNote failure={failure} />}
      <TextField
        label={t('contact.name')}
        name="name"
        dir="auto"
        defaultValue={contact.name ?? ''}
        error={errorOf('name')}
      />
      {lists.map((field) => (
        <TextField
          key={field}
          label={t(`contact.${field}`)}
          hint={t('contact.commas')}
          name={field}
          dir="auto"
          defaultValue={contact[field].join(', ')}
          error={errorOf(field)}
        />
      ))}
      <TextField
        label={t('contact.language')}
        name="language"
        defaultValue={contact.language ?? ''}
        error={errorOf('language')}
      />
      <CheckField label={t('contact.block')} checked={blocked} onChange={(event) => setBlocked(event.target.checked)} />
      <div className="button-row">
        <Button type="submit" tone="primary" size="small" busy={fetching}>
          {t('action.save')}
        </Button>
        <Button size="small" onClick={onDone}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}
