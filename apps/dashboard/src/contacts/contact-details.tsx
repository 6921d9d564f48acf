import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ContactDocument, toApiFailure, type ContactQuery } from '../api/documents.js';
import { withWords } from '../i18n/index.js';
import { contactName } from '../inbox/words.js';
import { useWorkspace } from '../session/workspace.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { ContactFacts } from './contact-facts.js';
import { ContactFlags } from './contact-flags.js';
import { ContactHistory } from './contact-history.js';
import { ContactIdentities } from './contact-identities.js';
import { ContactMerges } from './contact-merges.js';
import { ContactNotes } from './contact-notes.js';
import { ContactOrders } from './contact-orders.js';
import { ContactProposals } from './contact-proposals.js';
import { ContactPrivacy } from './contact-privacy.js';
import { ContactTags } from './contact-tags.js';
import { CustomFields } from './custom-fields.js';
import type { ErasedContact } from './erase-dialog.js';
import { MergeSuggestions } from './merge-suggestions.js';
import { NoiseSection } from './noise-section.js';
import { part } from '../ui/part.js';

export type OpenContact = NonNullable<ContactQuery['contact']>;

const ContactLeads = part(() => withWords(import('../leads/contact-leads.js'), 'leads'));
const MergeDialog = part(() => import('./merge-dialog.js').then((module) => ({ default: module.MergeDialog })));

interface Props {
  contactId: string;
  conversationId: string;
  onErase: (contact: ErasedContact) => void;
}

/** Who they are, what colleagues noted, what was said elsewhere. Fetched behind the thread, with its words. */
export default function ContactDetails({ contactId, conversationId, onErase }: Props) {
  const { t } = useTranslation();
  const [{ data, error }, reload] = useQuery({ query: ContactDocument, variables: { id: contactId } });
  const contact = data?.contact;
  if (contact) return <Details key={contact.id} contact={contact} conversationId={conversationId} onErase={onErase} />;
  const again = () => reload({ requestPolicy: 'network-only' });
  if (error) return <FailureNote failure={toApiFailure(error)} onRetry={again} />;
  if (!data) return <Loading />;
  return (
    <EmptyState
      icon="user"
      title={t('customer.gone')}
      text={t('customer.goneHint')}
      action={<Button onClick={again}>{t('action.tryAgain')}</Button>}
    />
  );
}

function Details({ contact, conversationId, onErase }: Omit<Props, 'contactId'> & { contact: OpenContact }) {
  const { t } = useTranslation();
  const { mayWrite, mayAdminister } = useWorkspace();
  /** The other one, where one is chosen already; null while nobody asks. */
  const [merging, setMerging] = useState<{ otherId: string | null } | null>(null);
  const name = contactName(contact, t);
  return (
    <div className="contact-body">
      <div className="contact-top">
        <Avatar name={name} size="large" />
        <h2 dir="auto">{name}</h2>
      </div>
      <ContactFlags contact={contact} />
      <ContactProposals contact={contact} conversationId={conversationId} />
      <ContactIdentities identities={contact.identities} />
      <ContactFacts contact={contact} />
      <ContactOrders contactId={contact.id} />
      <ContactTags contact={contact} />
      <CustomFields contact={contact} />
      <Suspense fallback={null}>
        <ContactLeads contact={{ id: contact.id, name }} />
      </Suspense>
      <ContactNotes contact={contact} />
      <ContactHistory contactId={contact.id} conversationId={conversationId} />
      <section>
        <h3>{t('customer.same')}</h3>
        <ContactMerges contact={contact} />
        {mayWrite && (
          <>
            <MergeSuggestions contact={contact} onCompare={(otherId) => setMerging({ otherId })} />
            <Button size="small" icon="people" onClick={() => setMerging({ otherId: null })}>
              {t('customer.sameAs')}
            </Button>
            <Suspense fallback={null}>
              {merging && <MergeDialog contact={contact} otherId={merging.otherId} onClose={() => setMerging(null)} />}
            </Suspense>
          </>
        )}
      </section>
      {mayWrite && <NoiseSection contact={contact} conversationId={conversationId} />}
      {mayAdminister && <ContactPrivacy contact={contact} onErase={onErase} />}
    </div>
  );
}
