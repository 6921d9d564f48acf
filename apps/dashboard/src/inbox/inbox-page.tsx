import { useTranslation } from 'react-i18next';
import { Redirect, useParams } from 'wouter';
import { ContactPane } from '../contacts/contact-pane.js';
import { Thread } from '../thread/thread.js';
import { EmptyState } from '../ui/states.js';
import { ConversationList } from './conversation-list.js';
import { FirstSteps } from './first-steps.js';
import { asView } from './views.js';

/** List, thread and customer side by side where there is room; on small screens the address says which one is shown. */
export function InboxPage() {
  const { t } = useTranslation();
  const { view: word, conversationId, pane } = useParams();
  const view = asView(word);
  if (word !== view) return <Redirect to={`/inbox/${view}`} replace />;
  const shown = !conversationId ? 'list' : pane === 'details' ? 'details' : 'thread';
  return (
    <main className="inbox" id="content" tabIndex={-1} data-shown={shown}>
      <h1 className="visually-hidden">{t('nav.inbox')}</h1>
      <ConversationList view={view} selectedId={conversationId} />
      <section className="thread-pane" aria-label={t('inbox.conversation')}>
        {conversationId ? (
          <Thread key={conversationId} id={conversationId} view={view} detailsShown={shown === 'details'} />
        ) : (
          <FirstSteps
            otherwise={<EmptyState icon="inbox" title={t('inbox.nothingChosen')} text={t('inbox.nothingChosenHint')} />}
          />
        )}
      </section>
      {conversationId && <ContactPane key={conversationId} conversationId={conversationId} view={view} />}
    </main>
  );
}
