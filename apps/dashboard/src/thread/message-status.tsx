import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { CancelMessageDocument, RetryMessageDocument, toApiFailure } from '../api/documents.js';
import type { MessagePartsFragment } from '../inbox/types.js';
import { failureSentence } from '../ui/failure-words.js';
import { Icon, type IconName } from '../ui/icon.js';
import { notify } from '../ui/notices.js';
import { useWorkspace } from '../session/workspace.js';

const icons: Record<string, IconName> = {
  QUEUED: 'clock',
  SENDING: 'clock',
  SENT: 'check',
  DELIVERED: 'doubleCheck',
  READ: 'doubleCheck',
  FAILED: 'alert',
  UNCONFIRMED: 'alert',
  HELD: 'pause',
  CANCELED: 'close',
};

/** What became of an outgoing message, in words, and what a person can do about it. */
export function MessageStatus({ message }: { message: MessagePartsFragment }) {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [retrying, retry] = useMutation(RetryMessageDocument);
  const [canceling, cancel] = useMutation(CancelMessageDocument);
  const { id, status, error } = message;
  const act = (change: typeof retry | typeof cancel) => () =>
    void change({ id }).then(
      (result) => result.error && notify(failureSentence(toApiFailure(result.error), t), 'error'),
    );
  const trouble = status === 'FAILED' || status === 'UNCONFIRMED' || status === 'HELD';
  return (
    <>
      <span className={`message-status ${status.toLowerCase()}`}>
        {' · '}
        <Icon name={icons[status] ?? 'clock'} size={14} /> {t(`messageStatus.${status}`, { defaultValue: status })}
      </span>
      {trouble && (
        <span className="status-why">
          {t(`messageStatusHint.${status}`)}
          {error && <bdi> {error}</bdi>}
        </span>
      )}
      {mayWrite && (status === 'FAILED' || status === 'UNCONFIRMED') && (
        <button type="button" className="link-button" disabled={retrying.fetching} onClick={act(retry)}>
          {t('message.sendAgain')}
        </button>
      )}
      {mayWrite && (status === 'QUEUED' || status === 'HELD') && (
        <button type="button" className="link-button" disabled={canceling.fetching} onClick={act(cancel)}>
          {t('message.cancel')}
        </button>
      )}
    </>
  );
}
