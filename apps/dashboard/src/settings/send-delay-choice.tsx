import { useTranslation } from 'react-i18next';
import { sendDelay, sendDelays, setSendDelay } from '../outbox/send-delay.js';
import { useStore } from '../ui/store.js';

/** How long replies wait before they leave; in this browser. */
export function SendDelayChoice() {
  const { t } = useTranslation();
  const seconds = useStore(sendDelay);
  return (
    <label className="inline-choice">
      <span>{t('sendDelay.label')}</span>
      <select value={seconds} onChange={(event) => setSendDelay(Number(event.target.value))}>
        {sendDelays.map((count) => (
          <option key={count} value={count}>
            {count === 0 ? t('sendDelay.none') : t('sendDelay.seconds', { count })}
          </option>
        ))}
      </select>
    </label>
  );
}
