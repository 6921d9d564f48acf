import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import type { MessagePartsFragment } from '../inbox/types.js';
import { contactName, previewText } from '../inbox/words.js';
import { useWorkspace } from '../session/workspace.js';
import { CustomerText } from '../ui/customer-text.js';
import { Icon } from '../ui/icon.js';
import { IconButton } from '../ui/button.js';
import { clockTime, fullTime } from '../ui/time.js';
import { Attachments } from './attachments.js';
import { MailParts } from './mail-parts.js';
import { MessageExtras } from './message-extras.js';
import { MessageRecord } from './message-record.js';
import { MessageStatus } from './message-status.js';
import { ReactionPicker } from './reaction-picker.js';
import { Sources } from './sources.js';
import type { OpenConversation } from './thread.js';

interface Props {
  message: MessagePartsFragment;
  conversation: OpenConversation;
  onReply: (message: MessagePartsFragment) => void;
}

/** One message as it was said, with all that came along. Everything in it is shown as text. */
export const MessageBubble = memo(function MessageBubble({ message, conversation, onReply }: Props) {
  const { t, i18n } = useTranslation();
  const { mayWrite } = useWorkspace();
  const side = message.direction.toLowerCase();
  const unsent = message.deletedAt !== null;
  return (
    <article
      className={`bubble-row ${side}`}
      aria-label={`${authorName(message, conversation, t)}, ${fullTime(message.sentAt, i18n.language)}`}
    >
      <div className={`bubble ${side} ${unsent ? 'unsent' : ''}`}>
        {message.direction !== 'INBOUND' && (
          <p className="bubble-author" dir="auto">
            {message.direction === 'NOTE' && <Icon name="note" size={14} />}
            {message.author === 'BOT' && <Icon name="bot" size={14} />}
            {message.author === 'BOT' ? (
              <span className="chip">{t('author.BOT')}</span>
            ) : (
              authorName(message, conversation, t)
            )}
            {message.direction === 'NOTE' && <span className="hint"> · {t('message.noteHint')}</span>}
          </p>
        )}
        {message.replyTo && (
          <blockquote className="quoted" dir="auto">
            {previewText(message.replyTo, t)}
          </blockquote>
        )}
        {unsent ? (
          <p className="unsent-words">{t('message.unsent')}</p>
        ) : (
          <>
            <MessageExtras message={message} />
            {message.text && <CustomerText text={message.text} />}
            {message.mail && <MailParts mail={message.mail} messageId={message.id} conversationId={conversation.id} />}
            <Attachments message={message} />
            {message.quickReplies.length > 0 && (
              <ul className="offered" aria-label={t('message.offered')}>
                {message.quickReplies.map((answer) => (
                  <li key={answer} dir="auto">
                    {answer}
                  </li>
                ))}
              </ul>
            )}
            <Sources sources={message.sources} text={message.text ?? ''} />
          </>
        )}
        {message.reactions.length > 0 && (
          <p className="reactions">
            {message.reactions.map((reaction, index) => (
              <span key={index} title={t(reaction.by === 'CONTACT' ? 'message.reactedContact' : 'message.reactedUs')}>
                {reaction.emoji}
                <span className="visually-hidden">
                  {' '}
                  {t(reaction.by === 'CONTACT' ? 'message.reactedContact' : 'message.reactedUs')}
                </span>
              </span>
            ))}
          </p>
        )}
        <footer className="bubble-foot">
          <time dateTime={message.sentAt} title={fullTime(message.sentAt, i18n.language)}>
            {clockTime(message.sentAt, i18n.language)}
          </time>
          {message.editedAt && !unsent && (
            <span title={fullTime(message.editedAt, i18n.language)}> · {t('message.edited')}</span>
          )}
          {message.direction === 'OUTBOUND' && <MessageStatus message={message} />}
          {message.run && !unsent && <MessageRecord conversationId={conversation.id} runId={message.run.id} />}
        </footer>
      </div>
      {mayWrite && !unsent && message.direction !== 'NOTE' && conversation.channel.capabilities.replies && (
        <IconButton className="bubble-reply" icon="reply" label={t('message.reply')} onClick={() => onReply(message)} />
      )}
      {mayWrite && !unsent && message.direction === 'INBOUND' && conversation.channel.capabilities.reactions && (
        <ReactionPicker message={message} conversation={conversation} />
      )}
    </article>
  );
});

function authorName(message: MessagePartsFragment, conversation: OpenConversation, t: TFunction): string {
  if (message.author === 'CONTACT') return contactName(conversation.contact, t);
  if (message.author === 'MEMBER') return message.member?.user.name ?? t('message.formerMember');
  return t(`author.${message.author}`, { defaultValue: t('author.SYSTEM') });
}
