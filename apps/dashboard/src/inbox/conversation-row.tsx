import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Avatar } from '../ui/avatar.js';
import { Icon } from '../ui/icon.js';
import { fullTime, shortTime } from '../ui/time.js';
import { ChannelBadge } from './channel-badge.js';
import type { ConversationRowFragment } from './types.js';
import type { View } from './views.js';
import { contactName, previewText } from './words.js';

interface Props {
  row: ConversationRowFragment;
  view: View;
  selected: boolean;
  now: number;
}

/** One conversation in the list. */
export const ConversationRow = memo(function ConversationRow({ row, view, selected, now }: Props) {
  const { t, i18n } = useTranslation();
  const name = contactName(row.contact, t);
  const last = row.lastMessage;
  const unread = row.unreadCount > 0;
  return (
    <div role="listitem">
      <Link
        href={`/inbox/${view}/${row.id}`}
        className={`row ${unread ? 'unread' : ''}`}
        aria-current={selected ? 'true' : undefined}
      >
        <span className="row-avatar">
          <Avatar name={name} />
          <ChannelBadge kind={row.channel.kind} />
        </span>
        <span className="row-main">
          <span className="row-line">
            <span className="row-name" dir="auto">
              {name}
            </span>
            <time dateTime={row.lastActivityAt} title={fullTime(row.lastActivityAt, i18n.language)}>
              {shortTime(row.lastActivityAt, i18n.language, now)}
            </time>
          </span>
          <span className="row-line">
            <span className="row-preview" dir="auto">
              {last && last.direction !== 'INBOUND' && (
                <span className="row-who">
                  {t(last.direction === 'NOTE' ? 'row.note' : last.author === 'BOT' ? 'row.bot' : 'row.you')}{' '}
                </span>
              )}
              {last ? previewText(last, t) : t('row.empty')}
            </span>
            {last && ['FAILED', 'UNCONFIRMED', 'HELD'].includes(last.status) && (
              <span className="row-warn">
                <Icon name="alert" size={14} />
                <span className="visually-hidden">{t(`messageStatus.${last.status}`)}</span>
              </span>
            )}
            {unread && (
              <span className="unread-count">
                {row.unreadCount}
                <span className="visually-hidden"> {t('nav.unread')}</span>
              </span>
            )}
          </span>
          <span className="row-line row-marks">
            <span className="chip" dir="auto">
              {row.channel.name}
            </span>
            {row.priority !== 'NONE' && (
              <span className={`chip priority-${row.priority.toLowerCase()}`}>{t(`priority.${row.priority}`)}</span>
            )}
            {row.status !== 'OPEN' && <span className="chip">{t(`status.${row.status}`)}</span>}
            {row.assignee && (
              <span className="chip" dir="auto">
                {row.assignee.user.name}
              </span>
            )}
            {row.tags.slice(0, 2).map((tag) => (
              <span className="chip tag" key={tag} dir="auto">
                {tag}
              </span>
            ))}
          </span>
        </span>
      </Link>
    </div>
  );
});
