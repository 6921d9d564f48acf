import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AnnouncedRecipientsDocument, type AnnouncedRecipientsQuery } from '../api/documents.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { safeHref } from '../ui/safe-text.js';
import { fullDate } from '../ui/time.js';
import { useSession } from './session.js';

type Announced = AnnouncedRecipientsQuery['announcedRecipients'][number];

/** Somebody new is going to receive data: owners are told who and from when on, each time until it is two weeks old. */
export function RecipientsBanner() {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const { account } = session;
  const [announced, setAnnounced] = useState<readonly Announced[]>([]);
  const owns = session.state === 'signed-in' && session.viewer.memberships.some(({ role }) => role === 'OWNER');
  useEffect(() => {
    if (!owns) return;
    let gone = false;
    void account
      .query(AnnouncedRecipientsDocument, {})
      .toPromise()
      .then(({ data }) => gone || setAnnounced(data?.announcedRecipients ?? []));
    return () => {
      gone = true;
    };
  }, [account, owns, i18n.language]);
  const [first] = announced;
  if (first === undefined) return null;
  return (
    <div className="top-banner" role="region" aria-label={t('announcements.title')}>
      <Icon name="book" size={16} />
      <div className="stack">
        <strong>{t('announcements.title')}</strong>
        <ul>
          {announced.map(({ name, purpose, usedFrom }) => (
            <li key={`${name} ${purpose}`}>
              {t('announcements.line', {
                name: apart(name),
                purpose: apart(purpose),
                day: fullDate(usedFrom, i18n.language),
              })}
            </li>
          ))}
        </ul>
        <a href={safeHref(first.url) ?? undefined} target="_blank" rel="noopener">
          {t('announcements.all')}
        </a>
      </div>
      <Button size="small" onClick={() => setAnnounced([])}>
        {t('announcements.close')}
      </Button>
    </div>
  );
}

/** Words of another language inside a sentence: they run in their own direction, and the sentence in its own. */
function apart(words: string): string {
  return `\u2068${words}\u2069`;
}
