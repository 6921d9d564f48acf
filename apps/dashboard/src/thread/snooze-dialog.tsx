import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/field.js';
import { fullTime } from '../ui/time.js';
import { snoozeChoices } from './snooze.js';

interface Props {
  onClose: () => void;
  onChoose: (until: string) => void;
}

export function SnoozeDialog({ onClose, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const [own, setOwn] = useState('');
  const choose = (until: Date) => {
    onChoose(until.toISOString());
    onClose();
  };
  const chosen = new Date(own);
  const valid = chosen.getTime() > Date.now();
  return (
    <Dialog title={t('snooze.title')} onClose={onClose}>
      <div className="stack">
        {snoozeChoices(new Date()).map(({ name, until }) => (
          <Button key={name} className="wide" onClick={() => choose(until)}>
            <span>{t(`snooze.${name}`)}</span>
            <span className="hint">{fullTime(until.toISOString(), i18n.language)}</span>
          </Button>
        ))}
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (valid) choose(chosen);
          }}
        >
          <TextField
            label={t('snooze.own')}
            type="datetime-local"
            value={own}
            onChange={(event) => setOwn(event.target.value)}
            error={own && !valid ? t('snooze.past') : undefined}
          />
          <Button type="submit" tone="primary">
            {t('thread.snooze')}
          </Button>
        </form>
      </div>
    </Dialog>
  );
}
