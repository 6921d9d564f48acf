import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MessagePartsFragment } from '../inbox/types.js';
import { previewText } from '../inbox/words.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';

interface Props {
  answered: readonly MessagePartsFragment[];
  onSend: () => void;
  onStay: () => void;
}

/** Shows what others have answered while a reply was written, and asks once whether it shall go all the same. */
export function GuardNote({ answered, onSend, onStay }: Props) {
  const { t } = useTranslation();
  const stay = useRef<HTMLButtonElement>(null);
  // Where Enter was pressed to send, Enter alone does not send past the question.
  useEffect(() => stay.current?.focus(), []);
  return (
    <div className="guard-note" role="alertdialog" aria-label={t('guard.title')}>
      <p>
        <Icon name="alert" size={16} /> <strong>{t('guard.title')}</strong>
      </p>
      <ul>
        {answered.slice(-3).map((message) => (
          <li key={message.id}>
            <bdi>{message.member?.user.name ?? t('author.BOT')}</bdi>: <span dir="auto">{previewText(message, t)}</span>
          </li>
        ))}
      </ul>
      <div className="button-row">
        <Button ref={stay} size="small" onClick={onStay}>
          {t('guard.stay')}
        </Button>
        <Button size="small" icon="send" onClick={onSend}>
          {t('guard.sendAnyway')}
        </Button>
      </div>
    </div>
  );
}
