import type { MailLocale } from '../../platform/mail/index.js';
import type { WaitingNews } from './waiting-notifications.js';
import { NotificationKind } from './notification-kind.js';

type Words = Readonly<Record<NotificationKind, readonly [one: string, several: string]>>;

// Nothing personal: a push lies on a locked screen, a mail in a foreign mailbox. Who wrote what is seen in the inbox.
const words: Readonly<Record<MailLocale, Words>> = {
  en: {
    NEW_CONVERSATION: ['A new conversation', '{n} new conversations'],
    ASSIGNED: ['A conversation was assigned to you', '{n} conversations were assigned to you'],
    MENTIONED: ['You were mentioned in a note', 'You were mentioned in {n} notes'],
    HANDED_OFF: ['A customer waits for a person', '{n} customers wait for a person'],
    NEW_LEAD: ['A new lead', '{n} new leads'],
    CHANNEL_TROUBLE: ['A channel has lost its access', '{n} channels have lost their access'],
    PRIVACY_DUE: ['A privacy request is due soon', '{n} privacy requests are due soon'],
    LIMIT_NEAR: ['A limit of your plan is near', '{n} limits of your plan are near'],
    WEBHOOK_STOPPED: ['A system of yours is not told any more', '{n} systems of yours are not told any more'],
    LEAD_ASSIGNED: ['A lead was assigned to you', '{n} leads were assigned to you'],
    LEAD_REMINDER: ['A reminder of a lead is due', '{n} reminders of leads are due'],
  },
  tr: {
    NEW_CONVERSATION: ['Yeni bir konuşma', '{n} yeni konuşma'],
    ASSIGNED: ['Size bir konuşma atandı', 'Size {n} konuşma atandı'],
    MENTIONED: ['Bir notta sizden söz edildi', '{n} notta sizden söz edildi'],
    HANDED_OFF: ['Bir müşteri bir çalışanı bekliyor', '{n} müşteri bir çalışanı bekliyor'],
    NEW_LEAD: ['Yeni bir potansiyel müşteri', '{n} yeni potansiyel müşteri'],
    CHANNEL_TROUBLE: ['Bir kanal erişimini kaybetti', '{n} kanal erişimini kaybetti'],
    PRIVACY_DUE: ['Bir gizlilik talebinin süresi yaklaşıyor', '{n} gizlilik talebinin süresi yaklaşıyor'],
    LIMIT_NEAR: ['Planınızın bir sınırına yaklaşıldı', 'Planınızın {n} sınırına yaklaşıldı'],
    LEAD_ASSIGNED: ['Size bir potansiyel müşteri atandı', 'Size {n} potansiyel müşteri atandı'],
    LEAD_REMINDER: [
      'Bir potansiyel müşteri hatırlatmasının zamanı geldi',
      '{n} potansiyel müşteri hatırlatmasının zamanı geldi',
    ],
    WEBHOOK_STOPPED: ['Bir sisteminize artık bilgi verilmiyor', '{n} sisteminize artık bilgi verilmiyor'],
  },
};

/** What happened, in a few words that name nobody. */
export function newsWords({ kind, count }: Pick<WaitingNews, 'kind' | 'count'>, language: MailLocale): string {
  const [one, several] = words[language][kind];
  return count === 1 ? one : several.replace('{n}', String(count));
}

/** The page on which it can be seen, as a path. */
export function newsPath(workspaceId: string, { kind, conversationId }: WaitingNews): string {
  const inbox = `/w/${workspaceId}/inbox`;
  switch (kind) {
    case NotificationKind.NEW_CONVERSATION:
    case NotificationKind.HANDED_OFF:
      return conversationId === null ? `${inbox}/open` : `${inbox}/open/${conversationId}`;
    case NotificationKind.ASSIGNED:
      return conversationId === null ? `${inbox}/mine` : `${inbox}/mine/${conversationId}`;
    case NotificationKind.MENTIONED:
      return conversationId === null ? `${inbox}/all` : `${inbox}/all/${conversationId}`;
    case NotificationKind.CHANNEL_TROUBLE:
      return `/w/${workspaceId}/settings/channels`;
    case NotificationKind.NEW_LEAD:
    case NotificationKind.LEAD_ASSIGNED:
    case NotificationKind.LEAD_REMINDER:
      return `/w/${workspaceId}/leads`;
    case NotificationKind.WEBHOOK_STOPPED:
      return `/w/${workspaceId}/settings/webhooks`;
    default:
      return `${inbox}/open`;
  }
}
