import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { ClearLeadReminderDocument, LeadRemindersDocument, toApiFailure } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { CustomerText } from '../ui/customer-text.js';
import { failureSentence } from '../ui/failure-words.js';
import { Icon } from '../ui/icon.js';
import { notify } from '../ui/notices.js';
import { part } from '../ui/part.js';
import { fullTime } from '../ui/time.js';

const ReminderDialog = part(() => import('./reminder-dialog.js'));

/** Who is reminded of a lead and when; one's own reminder is set, moved and cleared here. */
export function LeadReminder({ leadId }: { leadId: string }) {
  const { t, i18n } = useTranslation();
  const { me, mayWrite } = useWorkspace();
  const [open, setOpen] = useState(false);
  const [, clear] = useMutation(ClearLeadReminderDocument);
  const [{ data, error }] = useQuery({
    query: LeadRemindersDocument,
    variables: { id: leadId },
    requestPolicy: 'cache-and-network',
  });
  const reminders = data?.lead?.reminders ?? [];
  const own = reminders.find(({ member }) => member?.id === me?.id);
  if (reminders.length === 0 && !mayWrite) return null;
  return (
    <section>
      <h3>{t('leads.reminder')}</h3>
      <ul className="plain-list">
        {reminders.map(({ id, at, due, text, member }) => (
          <li key={id} className={due ? 'flag-note' : 'contact-note'}>
            <p>
              <Icon name={due ? 'bell' : 'clock'} size={16} />{' '}
              <strong>{t(due ? 'leads.due' : 'leads.remindAt', { time: fullTime(at, i18n.language) })}</strong>
            </p>
            {text && <CustomerText text={text} />}
            {member && member.id !== me?.id && (
              <p className="hint">
                <bdi>{member.user.name}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && (
        <div className="button-row">
          {/* Not before it is known whether there is one already: its words would be lost. */}
          <Button size="small" icon="clock" disabled={!data && !error} onClick={() => setOpen(true)}>
            {t(own ? 'leads.moveReminder' : 'leads.remindMe')}
          </Button>
          {own && (
            <Button
              size="small"
              icon="check"
              onClick={() =>
                void clear({ leadId }).then(
                  ({ error }) => error && notify(failureSentence(toApiFailure(error), t), 'error'),
                )
              }
            >
              {t('leads.clearReminder')}
            </Button>
          )}
        </div>
      )}
      <Suspense fallback={null}>
        {open && <ReminderDialog leadId={leadId} before={own?.text ?? ''} onClose={() => setOpen(false)} />}
      </Suspense>
    </section>
  );
}
