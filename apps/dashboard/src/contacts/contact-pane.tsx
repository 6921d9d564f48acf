import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ConversationDocument } from '../api/documents.js';
import { withWords } from '../i18n/index.js';
import { usePlace } from '../inbox/place.js';
import { Icon } from '../ui/icon.js';
import { Loading } from '../ui/states.js';
import { part } from '../ui/part.js';
import type { ErasedContact } from './erase-dialog.js';

const ContactDetails = part(() => withWords(import('./contact-details.js'), 'customer'));
const EraseDialog = part(() => withWords(import('./erase-dialog.js'), 'customer'));

/** The customer beside the conversation. What stands in it comes behind the thread, which does not wait for it. */
export function ContactPane({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const { to } = usePlace();
  const [{ data }] = useQuery({ query: ConversationDocument, variables: { id: conversationId } });
  const contactId = data?.conversation?.contact.id;
  // Here, and not beside its button: that goes with the customer, and what became of it is still to be said.
  const [erasing, setErasing] = useState<ErasedContact | null>(null);
  return (
    <aside className="contact-pane" aria-label={t('contact.title')}>
      <div className="pane-head not-wide">
        <Link href={to(conversationId)} className="icon-button" aria-label={t('thread.backToThread')}>
          <Icon name="back" />
        </Link>
        <strong>{t('contact.title')}</strong>
      </div>
      <Suspense fallback={<Loading />}>
        {contactId && <ContactDetails contactId={contactId} conversationId={conversationId} onErase={setErasing} />}
      </Suspense>
      <Suspense fallback={null}>
        {erasing && <EraseDialog contact={erasing} onClose={() => setErasing(null)} />}
      </Suspense>
    </aside>
  );
}
