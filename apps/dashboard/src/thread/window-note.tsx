import { useTranslation } from 'react-i18next';
import type { ConversationRowFragment } from '../inbox/types.js';
import { Icon } from '../ui/icon.js';
import { fullTime, spanUntil, spanWords, useNow } from '../ui/time.js';

/** Whether the channel's rules let us write now, and for how long. */
export function WindowNote({ window }: { window: ConversationRowFragment['messagingWindow'] }) {
  const { t, i18n } = useTranslation();
  const now = useNow(20_000);
  if (!window.open) {
    return (
      <span className="window-note closed" dir="auto">
        <Icon name="alert" size={14} /> {t('window.closed')} {window.reason && <bdi>{window.reason}</bdi>}
      </span>
    );
  }
  const until = window.closesAt && spanUntil(window.closesAt, now) ? window.closesAt : window.humanAgentUntil;
  const span = until ? spanUntil(until, now) : null;
  if (!until || !span) return null;
  const soon = span.unit === 'minute';
  return (
    <span className={soon ? 'window-note soon' : 'window-note'} title={fullTime(until, i18n.language)}>
      <Icon name="clock" size={14} />{' '}
      {t(until === window.closesAt ? 'window.closesIn' : 'window.humanOnly', { span: spanWords(span, i18n.language) })}
    </span>
  );
}
