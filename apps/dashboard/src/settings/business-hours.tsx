import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { UpdateWorkspaceDocument, type WorkspaceSettingsPartsFragment } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { CheckField, TextArea, TextField } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { datesOf, fieldTime, weekOf, weekdayName } from './week.js';
import { SettingsForm } from './settings-form.js';

type Hours = WorkspaceSettingsPartsFragment['businessHours'];

/** When somebody is there. Outside these hours a conversation gets the away message, once. */
export function BusinessHoursForm({ hours }: { hours: Hours }) {
  const { t, i18n } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [, update] = useMutation(UpdateWorkspaceDocument);
  const { ask, busy, failure, errorOf } = useAsk('holidays', 'awayMessage');
  const [always, setAlways] = useState(hours.always);
  const [open, setOpen] = useState(() => new Set(hours.week.map(({ weekday }) => weekday)));
  return (
    <section>
      <h2>
        {t('hours.title')}{' '}
        <span className={`chip ${hours.openNow ? 'status-connected' : ''}`}>
          {t(hours.openNow ? 'hours.openNow' : 'hours.closedNow')}
        </span>
      </h2>
      <SettingsForm
        mayChange={mayAdminister}
        busy={busy}
        failure={failure}
        onSave={(word) => {
          const input = {
            always,
            week: weekOf(open, word, hours.week),
            holidays: datesOf(word('holidays')),
            awayMessage: word('awayMessage'),
          };
          void ask(() => update({ input: { businessHours: input } })).then(
            (result) => result && notify(t('action.saved')),
          );
        }}
      >
        <CheckField label={t('hours.always')} checked={always} onChange={(event) => setAlways(event.target.checked)} />
        {!always && (
          <div className="week" role="group" aria-label={t('hours.week')}>
            {[1, 2, 3, 4, 5, 6, 7].map((weekday) => {
              const name = weekdayName(weekday, i18n.language);
              const kept = hours.week.find((day) => day.weekday === weekday);
              const isOpen = open.has(weekday);
              const toggle = () => {
                const next = new Set(open);
                if (!next.delete(weekday)) next.add(weekday);
                setOpen(next);
              };
              return (
                <div key={weekday} className="week-day">
                  <CheckField label={name} checked={isOpen} onChange={toggle} />
                  {isOpen ? (
                    <>
                      <input
                        type="time"
                        name={`opens-${String(weekday)}`}
                        required
                        aria-label={t('hours.opens', { day: name })}
                        defaultValue={kept?.opens ?? '09:00'}
                      />
                      <span aria-hidden="true">–</span>
                      <input
                        type="time"
                        name={`closes-${String(weekday)}`}
                        required
                        aria-label={t('hours.closes', { day: name })}
                        defaultValue={fieldTime(kept?.closes) ?? '18:00'}
                      />
                    </>
                  ) : (
                    <span className="hint">{t('hours.closed')}</span>
                  )}
                </div>
              );
            })}
          </div>
        )}
        <TextField
          label={t('hours.holidays')}
          hint={t('hours.holidaysHint')}
          name="holidays"
          defaultValue={hours.holidays.join(', ')}
          error={errorOf('holidays')}
        />
        <TextArea
          label={t('hours.awayMessage')}
          hint={t('hours.awayMessageHint')}
          name="awayMessage"
          rows={3}
          dir="auto"
          defaultValue={hours.awayMessage ?? ''}
          error={errorOf('awayMessage')}
        />
      </SettingsForm>
    </section>
  );
}
