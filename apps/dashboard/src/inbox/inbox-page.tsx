import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, useParams } from 'wouter';
import { ContactPane } from '../contacts/contact-pane.js';
import { Thread } from '../thread/thread.js';
import { EmptyState, Loading } from '../ui/states.js';
import { ConversationList } from './conversation-list.js';
import { asView } from './views.js';
import { part } from '../ui/part.js';

// Nobody sees them once they are done.
const FirstSteps = part(() => import('./first-steps.js').then((module) => ({ default: module.FirstSteps })));

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
      <ConversationList selectedId={conversationId} />
      <section className="thread-pane" aria-label={t('inbox.conversation')}>
        {conversationId ? (
          <Thread key={conversationId} id={conversationId} detailsShown={shown === 'details'} />
        ) : (
          <Suspense fallback={<Loading />}>
            <FirstSteps
              otherwise={
                <EmptyState icon="inbox" title={t('inbox.nothingChosen')} text={t('inbox.nothingChosenHint')} />
              }
            />
          </Suspense>
        )}
      </section>
      {conversationId && <ContactPane key={conversationId} conversationId={conversationId} />}
    </main>
  );
}
