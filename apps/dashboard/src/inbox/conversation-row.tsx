import { memo, Suspense, useCallback, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { withWords } from '../i18n/index.js';
import { useWorkspace } from '../session/workspace.js';
import { hasContent } from '../thread/composer-texts.js';
import { Avatar } from '../ui/avatar.js';
import { Icon } from '../ui/icon.js';
import { countWords, fullTime, shortTime } from '../ui/time.js';
import { ChannelBadge } from './channel-badge.js';
import type { ConversationRowFragment } from './types.js';
import { contactName, previewText } from './words.js';
import { part } from '../ui/part.js';

const FloodMark = part(() => withWords(import('../contacts/flood-mark.js'), 'customer'));
/** A customer with no more unread messages than this floods nothing. */
const mostInAMinute = 60;

interface Props {
  row: ConversationRowFragment;
  href: string;
  selected: boolean;
  checked: boolean;
  /** Chooses the row, or lets it go; with Shift all rows from the last one on. Null for those who may not change anything. */
  onToggle: ((id: string, range: boolean) => void) | null;
  now: number;
}

/** One conversation in the list. */
export const ConversationRow = memo(function ConversationRow({ row, href, selected, checked, onToggle, now }: Props) {
  const { t, i18n } = useTranslation();
  const name = contactName(row.contact, t);
  const last = row.lastMessage;
  const unread = row.unreadCount > 0;
  const draft = useDraftText(row.id);
  return (
    <div role="listitem" className="row-slot" data-row={row.id}>
      {onToggle && (
        <input
          type="checkbox"
          className="row-check"
          aria-label={t('bulk.choose', { name })}
          checked={checked}
          onChange={(event) => onToggle(row.id, (event.nativeEvent as MouseEvent).shiftKey === true)}
        />
      )}
      <Link href={href} className={`row ${unread ? 'unread' : ''}`} aria-current={selected ? 'true' : undefined}>
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
              {draft !== null ? (
                <>
                  <span className="row-who draft">{t('row.draft')}</span> {draft}
                </>
              ) : (
                <>
                  {last && last.direction !== 'INBOUND' && (
                    <span className="row-who">
                      {t(last.direction === 'NOTE' ? 'row.note' : last.author === 'BOT' ? 'row.bot' : 'row.you')}{' '}
                    </span>
                  )}
                  {last ? previewText(last, t) : t('row.empty')}
                </>
              )}
            </span>
            {last && ['FAILED', 'UNCONFIRMED', 'HELD'].includes(last.status) && (
              <span className="row-warn">
                <Icon name="alert" size={14} />
                <span className="visually-hidden">{t(`messageStatus.${last.status}`)}</span>
              </span>
            )}
            {unread && (
              <span className="unread-count">
                {countWords(row.unreadCount, i18n.language)}
                <span className="visually-hidden"> {t('nav.unread')}</span>
              </span>
            )}
          </span>
          <span className="row-line row-marks">
            <span className="row-channel" dir="auto">
              {row.channel.name}
            </span>
            {row.unreadCount > mostInAMinute && (
              <Suspense fallback={null}>
                <FloodMark conversationId={row.id} lastActivityAt={row.lastActivityAt} />
              </Suspense>
            )}
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

/** What has been begun in a conversation and not been sent, on one line; null where nothing has. */
function useDraftText(conversationId: string): string | null {
  const { texts } = useWorkspace();
  return useSyncExternalStore(
    texts.subscribe,
    useCallback(() => {
      const kept = texts.read(conversationId);
      return hasContent(kept) ? kept.text.replace(/\s+/gu, ' ').trim().slice(0, 120) : null;
    }, [texts, conversationId]),
  );
}
