import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { AddContactNoteDocument, toApiFailure } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { CustomerText } from '../ui/customer-text.js';
import { TextArea } from '../ui/field.js';
import { FailureNote } from '../ui/states.js';
import { fullTime } from '../ui/time.js';
import type { OpenContact } from './contact-details.js';
import { noteProblem } from './contact-rules.js';
import { useSaveContact } from './save-contact.js';

const shownAtOnce = 5;

/** What members wrote down about a contact, newest first. */
export function ContactNotes({ contact }: { contact: OpenContact }) {
  const { t, i18n } = useTranslation();
  const { mayWrite } = useWorkspace();
  const { wordsOf } = useSaveContact(contact.id);
  const [text, setText] = useState('');
  const [all, setAll] = useState(false);
  const [{ fetching, error }, addNote] = useMutation(AddContactNoteDocument);
  const problem = wordsOf(noteProblem(text));
  const shown = all ? contact.notes : contact.notes.slice(0, shownAtOnce);
  return (
    <section>
      <h3>{t('customer.notes')}</h3>
      {contact.notes.length === 0 && <p className="hint">{t('customer.noNotes')}</p>}
      <ul className="plain-list">
        {shown.map((note) => (
          <li key={note.id} className="contact-note">
            <CustomerText text={note.text} />
            <p className="hint">
              <bdi>{note.author?.user.name ?? t('message.formerMember')}</bdi> ·{' '}
              <time dateTime={note.createdAt}>{fullTime(note.createdAt, i18n.language)}</time>
            </p>
          </li>
        ))}
      </ul>
      {shown.length < contact.notes.length && (
        <Button size="small" onClick={() => setAll(true)}>
          {t('customer.allNotes', { count: contact.notes.length })}
        </Button>
      )}
      {mayWrite && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() && !problem && !fetching)
              void addNote({ contactId: contact.id, text: text.trim() }).then((result) => result.error || setText(''));
          }}
        >
          {error && <FailureNote failure={toApiFailure(error)} />}
          <TextArea
            label={t('customer.newNote')}
            dir="auto"
            rows={2}
            value={text}
            error={problem ?? undefined}
            onChange={(event) => setText(event.target.value)}
          />
          <Button size="small" type="submit" busy={fetching} disabled={!text.trim()}>
            {t('customer.addNote')}
          </Button>
        </form>
      )}
    </section>
  );
}
