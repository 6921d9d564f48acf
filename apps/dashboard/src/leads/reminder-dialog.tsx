import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { SetLeadReminderDocument } from '../api/documents.js';
import { snoozeChoices } from '../thread/snooze.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/field.js';
import { FailureNote } from '../ui/states.js';
import { fullTime } from '../ui/time.js';

interface Props {
  leadId: string;
  /** What was to be done until now. */
  before: string;
  onClose: () => void;
}

/** When one wants to be reminded of a lead, and of what. */
export default function ReminderDialog({ leadId, before, onClose }: Props) {
  const { t, i18n } = useTranslation();
  const [, set] = useMutation(SetLeadReminderDocument);
  const { ask, busy, failure, errorOf } = useAsk('at', 'text');
  const [text, setText] = useState(before);
  const [own, setOwn] = useState('');
  const chosen = new Date(own);
  const valid = chosen.getTime() > Date.now();
  const remind = (at: Date) =>
    void ask(() => set({ leadId, at: at.toISOString(), text: text.trim() || null })).then(
      (result) => result?.data && onClose(),
    );
  return (
    <Dialog title={t('leads.remindMe')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (valid) remind(chosen);
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextField
          label={t('leads.toDo')}
          dir="auto"
          maxLength={500}
          value={text}
          error={errorOf('text')}
          onChange={(event) => setText(event.target.value)}
        />
        {snoozeChoices(new Date()).map(({ name, until }) => (
          <Button key={name} className="wide" busy={busy} onClick={() => remind(until)}>
            <span>{t(`snooze.${name}`)}</span>
            <span className="hint">{fullTime(until.toISOString(), i18n.language)}</span>
          </Button>
        ))}
        <TextField
          label={t('snooze.own')}
          type="datetime-local"
          value={own}
          error={errorOf('at') ?? (own && !valid ? t('snooze.past') : undefined)}
          onChange={(event) => setOwn(event.target.value)}
        />
        <Button type="submit" tone="primary" busy={busy} disabled={!valid}>
          {t('leads.remindMe')}
        </Button>
      </form>
    </Dialog>
  );
}
