import { useTranslation } from 'react-i18next';
import { waits, type OutboxEntry } from '../outbox/outbox.js';
import { useWorkspace } from '../session/workspace.js';
import { CustomerText } from '../ui/customer-text.js';
import { failureSentence } from '../ui/failure-words.js';
import { Icon } from '../ui/icon.js';
import { useNow } from '../ui/time.js';
import { putInComposer } from './composer-events.js';

/** A reply on its way to the server: shown at once, and kept through a reload. */
export function PendingBubble({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const { me } = useWorkspace();
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
            <Refused entry={entry} />
          ) : waits(entry) ? (
            <Waiting entry={entry} />
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

/** The server said no: why, and what a person can do about it. */
function Refused({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const { outbox } = useWorkspace();
  const { failure, key } = entry;
  if (!failure) return null;
  const answered = failure.code === 'CONFLICT' && entry.seenMessageId !== undefined;
  return (
    <>
      <span className="message-status failed">
        <Icon name="alert" size={14} /> {t('message.notAccepted')}
      </span>
      <span className="status-why" role="alert">
        <bdi>{answered ? t('guard.meanwhile') : failureSentence(failure, t)}</bdi>
      </span>
      <button type="button" className="link-button" onClick={() => outbox.sendNow(key)}>
        {t(answered ? 'guard.sendAnyway' : 'message.sendAgain')}
      </button>
      <button
        type="button"
        className="link-button"
        onClick={() => {
          putBack(entry);
          outbox.discard(key);
        }}
      >
        {t('message.editAgain')}
      </button>
      <button type="button" className="link-button" onClick={() => outbox.discard(key)}>
        {t('message.discard')}
      </button>
    </>
  );
}

/** It leaves in a moment: until then it goes back into the composer, or out at once. */
function Waiting({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation();
  const { outbox } = useWorkspace();
  const now = useNow(250);
  const left = Math.max(1, Math.ceil(((entry.sendAt ?? 0) - Math.max(now, Date.now())) / 1000));
  return (
    <>
      <span className="message-status">
        <Icon name="clock" size={14} /> {t('message.sendsIn', { count: left })}
      </span>
      <button
        type="button"
        className="link-button"
        onClick={() => {
          const back = outbox.takeBack(entry.key);
          if (back) putBack(back);
        }}
      >
        {t('undo.undo')}
      </button>
      <button type="button" className="link-button" onClick={() => outbox.sendNow(entry.key)}>
        {t('message.sendNow')}
      </button>
    </>
  );
}

/** Everything that was to go out stands in the composer again. */
function putBack({ conversationId, text, draftId, attachmentIds = [], attachmentNames = [], ...rest }: OutboxEntry) {
  putInComposer(conversationId, {
    text,
    ...(draftId ? { draftId } : {}),
    files: attachmentIds.map((id, index) => ({ id, name: attachmentNames[index] ?? '' })),
    ...(rest.quickReplies ? { offered: rest.quickReplies } : {}),
    ...(rest.replyToId ? { replyToId: rest.replyToId } : {}),
  });
}
