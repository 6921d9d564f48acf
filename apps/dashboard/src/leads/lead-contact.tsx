import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { ChannelBadge } from '../inbox/channel-badge.js';
import { contactName, previewText } from '../inbox/words.js';
import { fullTime, shortTime, useNow } from '../ui/time.js';
import type { OpenLead } from './lead-pane.js';

/** The contact whose lead it is, and what was said with them: the way to both is a conversation. */
export function LeadContact({ lead }: { lead: OpenLead }) {
  const { t, i18n } = useTranslation();
  const now = useNow(60_000);
  const { contact } = lead;
  const conversations = contact.conversations.nodes;
  const latest = conversations[0];
  const name = contactName(contact, t);
  return (
    <section>
      <h3>{t('leads.contact')}</h3>
      <p>
        {latest ? (
          <Link href={`/inbox/all/${latest.id}/details`} dir="auto">
            {name}
          </Link>
        ) : (
          <span dir="auto">{name}</span>
        )}
      </p>
      {!latest && <p className="hint">{t('leads.noConversation')}</p>}
      <ul className="plain-list">
        {conversations.map(({ id, status, subject, channel, lastMessage, lastActivityAt }) => (
          <li key={id}>
            <Link href={`/inbox/all/${id}`} className="past">
              <span className="past-head">
                <ChannelBadge kind={channel.kind} />
                <span dir="auto">{channel.name}</span>
                <span className="chip">{t(`status.${status}`)}</span>
                <time className="hint" dateTime={lastActivityAt} title={fullTime(lastActivityAt, i18n.language)}>
                  {shortTime(lastActivityAt, i18n.language, now)}
                </time>
              </span>
              <span className="past-words" dir="auto">
                {subject || (lastMessage ? previewText(lastMessage, t) : t('row.empty'))}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
