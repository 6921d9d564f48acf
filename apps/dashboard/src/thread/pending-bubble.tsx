import { useTranslation } from 'react-i18next';
import type { OutboxEntry } from '../outbox/outbox.js';
import { useWorkspace } from '../session/workspace.js';
import { CustomerText } from '../ui/customer-text.js';
import { failureSentence } from '../ui/failure-words.js';
import { Icon } from '../ui/icon.js';
import { putInComposer } from './composer-events.js';

/** A reply on its way to the server: shown at once, and kept through a reload. */
export function PendingBubble({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const { outbox, me } = useWorkspace();
  const edit = () => {
    putInComposer(entry.conversationId, { text: entry.text, ...(entry.draftId ? { draftId: entry.draftId } : {}) });
    outbox.discard(entry.key);
  };
  return (
    <article className="bubble-row outbound">
      <div className="bubble outbound pending">
        <p className="bubble-author" dir="auto">
          {me?.user.name}
        </p>
        {entry.text && <CustomerText text={entry.text} />}
        {entry.attachmentNames?.map((name, index) => (
          <p className="attachment" key={index}>
            <Icon name="file" size={16} /> <bdi>{name}</bdi>
          </p>
        ))}
        <footer className="bubble-foot">
          {entry.failure ? (
            <>
              <span className="message-status failed">
                <Icon name="alert" size={14} /> {t('message.notAccepted')}
              </span>
              <span className="status-why" role="alert">
                <bdi>{failureSentence(entry.failure, t)}</bdi>
              </span>
              <button type="button" className="link-button" onClick={() => outbox.retry(entry.key)}>
                {t('message.sendAgain')}
              </button>
              <button type="button" className="link-button" onClick={edit}>
                {t('message.editAgain')}
              </button>
              <button type="button" className="link-button" onClick={() => outbox.discard(entry.key)}>
                {t('message.discard')}
              </button>
            </>
          ) : (
            <span className="message-status">
              <Icon name="clock" size={14} /> {t('message.sending')}
            </span>
          )}
        </footer>
      </div>
    </article>
  );
}
