import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Link } from 'wouter';
import {
  AddContactNoteDocument,
  ContactDocument,
  ConversationDocument,
  toApiFailure,
  type ContactQuery,
} from '../api/documents.js';
import { ChannelBadge } from '../inbox/channel-badge.js';
import type { View } from '../inbox/views.js';
import { contactName, previewText } from '../inbox/words.js';
import { useWorkspace } from '../session/workspace.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { CustomerText } from '../ui/customer-text.js';
import { TextArea } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { FailureNote, Loading } from '../ui/states.js';
import { fullTime, shortTime } from '../ui/time.js';
import { ContactForm } from './contact-form.js';
import { NoiseSection } from './noise-section.js';

export type OpenContact = NonNullable<ContactQuery['contact']>;

/** The customer beside the conversation: who they are, what colleagues noted, what was said elsewhere. */
export function ContactPane({ conversationId, view }: { conversationId: string; view: View }) {
  const { t } = useTranslation();
  const [{ data }] = useQuery({ query: ConversationDocument, variables: { id: conversationId } });
  const contactId = data?.conversation?.contact.id;
  const [{ data: found, error }, reload] = useQuery({
    query: ContactDocument,
    variables: { id: contactId ?? '' },
    pause: !contactId,
  });
  const contact = found?.contact;
  return (
    <aside className="contact-pane" aria-label={t('contact.title')}>
      <div className="pane-head not-wide">
        <Link href={`/inbox/${view}/${conversationId}`} className="icon-button" aria-label={t('thread.backToThread')}>
          <Icon name="back" />
        </Link>
        <strong>{t('contact.title')}</strong>
      </div>
      {error && !contact && (
        <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />
      )}
      {!contact && !error && contactId && <Loading />}
      {contact && <Details key={contact.id} contact={contact} view={view} conversationId={conversationId} />}
    </aside>
  );
}

function Details({ contact, view, conversationId }: { contact: OpenContact; view: View; conversationId: string }) {
  const { t, i18n } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [editing, setEditing] = useState(false);
  const name = contactName(contact, t);
  const others = contact.conversations.nodes.filter((other) => other.id !== conversationId);
  const facts: [string, readonly string[]][] = [
    [t('contact.emails'), contact.emails],
    [t('contact.phones'), contact.phones],
    [t('contact.language'), contact.language ? [contact.language] : []],
    [t('contact.tags'), contact.tags],
    [t('contact.firstSeen'), [fullTime(contact.firstSeenAt, i18n.language)]],
    [t('contact.lastSeen'), [fullTime(contact.lastSeenAt, i18n.language)]],
  ];
  return (
    <div className="contact-body">
      <div className="contact-top">
        <Avatar name={name} size="large" />
        <h2 dir="auto">{name}</h2>
        {contact.identities.map((identity) => (
          <p className="hint" key={`${identity.kind} ${identity.externalId}`}>
            <ChannelBadge kind={identity.kind} /> <bdi>{identity.handle ?? identity.externalId}</bdi>
          </p>
        ))}
        {contact.blocked && <span className="chip warn">{t('contact.blocked')}</span>}
        {contact.automationObjected && <span className="chip warn">{t('contact.automationObjected')}</span>}
        {contact.processingRestricted && <span className="chip warn">{t('contact.processingRestricted')}</span>}
      </div>
      {editing ? (
        <ContactForm contact={contact} onDone={() => setEditing(false)} />
      ) : (
        <>
          <dl className="facts">
            {facts.map(([label, values]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd dir="auto">
                  {values.length ? values.join(', ') : <span className="hint">{t('contact.unknown')}</span>}
                </dd>
              </div>
            ))}
          </dl>
          {mayWrite && (
            <Button size="small" onClick={() => setEditing(true)}>
              {t('contact.edit')}
            </Button>
          )}
        </>
      )}
      <Notes contact={contact} />
      {mayWrite && <NoiseSection contact={contact} conversationId={conversationId} />}
      {others.length > 0 && (
        <section>
          <h3>{t('contact.otherConversations')}</h3>
          <ul className="plain-list">
            {others.map((other) => (
              <li key={other.id}>
                <Link href={`/inbox/${view}/${other.id}`} className="other-link">
                  <span dir="auto">{other.lastMessage ? previewText(other.lastMessage, t) : other.channel.name}</span>
                  <span className="hint">{shortTime(other.lastActivityAt, i18n.language, Date.now())}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Notes({ contact }: { contact: OpenContact }) {
  const { t, i18n } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [text, setText] = useState('');
  const [{ fetching, error }, addNote] = useMutation(AddContactNoteDocument);
  return (
    <section>
      <h3>{t('contact.notes')}</h3>
      <ul className="plain-list">
        {contact.notes.map((note) => (
          <li key={note.id} className="contact-note">
            <CustomerText text={note.text} />
            <p className="hint">
              <bdi>{note.author?.user.name ?? t('message.formerMember')}</bdi> ·{' '}
              {fullTime(note.createdAt, i18n.language)}
            </p>
          </li>
        ))}
      </ul>
      {mayWrite && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() && !fetching)
              void addNote({ contactId: contact.id, text: text.trim() }).then((result) => result.error || setText(''));
          }}
        >
          {error && <FailureNote failure={toApiFailure(error)} />}
          <TextArea
            label={t('contact.newNote')}
            dir="auto"
            rows={2}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button size="small" type="submit" busy={fetching} disabled={!text.trim()}>
            {t('contact.addNote')}
          </Button>
        </form>
      )}
    </section>
  );
}
