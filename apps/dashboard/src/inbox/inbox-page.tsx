import { useTranslation } from 'react-i18next';
import { Redirect, useParams } from 'wouter';
import { ContactPane } from '../contacts/contact-pane.js';
import { Thread } from '../thread/thread.js';
import { EmptyState } from '../ui/states.js';
import { ConversationList } from './conversation-list.js';
import { asView } from './views.js';

/** List, thread and customer side by side where there is room; on small screens the address says which one is shown. */
export function InboxPage() {
  const { t } = useTranslation();
  const { view: word, conversationId, pane } = useParams();
  const view = asView(word);
  if (word !== view) return <Redirect to={`/inbox/${view}`} replace />;
  const shown = !conversationId ? 'list' : pane === 'details' ? 'details' : 'thread';
  return (
    <div className="inbox" data-shown={shown}>
      <ConversationList view={view} selectedId={conversationId} />
      <main className="thread-pane" id="content" tabIndex={-1}>
        {conversationId ? (
          <Thread key={conversationId} id={conversationId} view={view} detailsShown={shown === 'details'} />
        ) : (
          <EmptyState icon="inbox" title={t('inbox.nothingChosen')} text={t('inbox.nothingChosenHint')} />
        )}
      </main>
      {conversationId && <ContactPane key={conversationId} conversationId={conversationId} view={view} />}
    </div>
  );
}
