import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ConversationRowFragment } from '../inbox/types.js';
import { Icon } from '../ui/icon.js';
import { mayReply } from './may-reply.js';
import { fullTime, spanUntil, spanWords, useNow } from '../ui/time.js';

/** Whether the channel's rules let us write now, and for how long. */
export function WindowNote({ conversation }: { conversation: ConversationRowFragment }) {
  const { t, i18n } = useTranslation();
  const now = useNow(20_000);
  const window = conversation.messagingWindow;
  const reply = mayReply(conversation);
  if (reply === 'disconnected' || reply === 'held') {
    return (
      <span className="window-note closed">
        <Icon name="alert" size={14} /> {t(`window.${reply}`)}{' '}
        <Link href="/settings/channels">{t('window.toChannels')}</Link>
      </span>
    );
  }
  if (reply === 'blocked') {
    return (
      <span className="window-note closed">
        <Icon name="alert" size={14} /> {t('window.blocked')}
      </span>
    );
  }
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
