import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  NotificationPreferencesDocument,
  SetNotificationPreferencesDocument,
  toApiFailure,
  type NotificationKind,
  type NotificationPreferencesQuery,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { CheckField, TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import { FailureNote, Loading } from '../ui/states.js';
import { PushHere } from './push-here.js';

/** What is told of so far; the others come with what they tell of. */
const kinds: readonly NotificationKind[] = [
  'NEW_CONVERSATION',
  'ASSIGNED',
  'MENTIONED',
  'HANDED_OFF',
  'NEW_LEAD',
  'LEAD_ASSIGNED',
  'LEAD_REMINDER',
  'CHANNEL_TROUBLE',
  'WEBHOOK_STOPPED',
];
const ways = ['mail', 'push'] as const;

/** What a member is told of this workspace while they are away, how, and when not. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({
    query: NotificationPreferencesDocument,
    requestPolicy: 'cache-and-network',
  });
  return (
    <>
      <h1>{t('settings.notifications')}</h1>
      <p className="lead">{t('notifications.lead')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && <PreferencesForm preferences={data.notificationPreferences} />}
      <PushHere />
    </>
  );
}

function PreferencesForm({ preferences }: { preferences: NotificationPreferencesQuery['notificationPreferences'] }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [, save] = useMutation(SetNotificationPreferencesDocument);
  const { ask, busy, failure, errorOf } = useAsk('quietFrom', 'quietUntil');
  const [quiet, setQuiet] = useState(preferences.quietFrom !== null);
  return (
    <form
      className="narrow-form"
      onSubmit={(event) => {
        event.preventDefault();
        const word = formWords(event.currentTarget);
        // What the page does not show stays as it is.
        const chosen = (way: (typeof ways)[number]) => [
          ...kinds.filter((kind) => word(`${way} ${kind}`) === 'on'),
          ...preferences[way].filter((kind) => !kinds.includes(kind)),
        ];
        const input = {
          mail: chosen('mail'),
          push: chosen('push'),
          quietFrom: quiet ? word('quietFrom') : null,
          quietUntil: quiet ? word('quietUntil') : null,
        };
        void ask(() => save({ input })).then((result) => result && notify(t('action.saved')));
      }}
    >
      {failure && <FailureNote failure={failure} />}
      <div className="table-frame">
        <table className="choices">
          <thead>
            <tr>
              <th scope="col">{t('notifications.what')}</th>
              {ways.map((way) => (
                <th key={way} scope="col">
                  {t(`notifications.${way}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kinds.map((kind) => (
              <tr key={kind}>
                <th scope="row">{t(`notificationKind.${kind}`)}</th>
                {ways.map((way) => (
                  <td key={way}>
                    <label className="choice-box">
                      <input
                        type="checkbox"
                        name={`${way} ${kind}`}
                        defaultChecked={preferences[way].includes(kind)}
                        aria-label={`${t(`notificationKind.${kind}`)}: ${t(`notifications.${way}`)}`}
                      />
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="hint">{t('notifications.mailHint')}</p>
      <CheckField
        label={t('notifications.quiet')}
        checked={quiet}
        onChange={(event) => setQuiet(event.target.checked)}
      />
      {quiet && (
        <div className="time-pair">
          <TextField
            label={t('notifications.quietFrom')}
            name="quietFrom"
            type="time"
            required
            defaultValue={preferences.quietFrom ?? '20:00'}
            error={errorOf('quietFrom')}
          />
          <TextField
            label={t('notifications.quietUntil')}
            name="quietUntil"
            type="time"
            required
            defaultValue={preferences.quietUntil ?? '08:00'}
            error={errorOf('quietUntil')}
          />
          <p className="hint">{t('notifications.zone', { zone: workspace.timezone.replaceAll('_', ' ') })}</p>
        </div>
      )}
      <Button type="submit" tone="primary" busy={busy}>
        {t('action.save')}
      </Button>
    </form>
  );
}
