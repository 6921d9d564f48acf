import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { RegisterWhatsAppNumberDocument, type ChannelPartsFragment } from '../../api/documents.js';
import { useAskIn } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/field.js';
import { formWords } from '../../ui/form-words.js';
import { notify } from '../../ui/notices.js';
import { FailureNote } from '../../ui/states.js';
import { inReadersWords } from './refusal-words.js';

interface Props {
  channel: ChannelPartsFragment;
  /** What stands here once nothing is left to do. */
  otherwise: ReactNode;
}

/** A number that cannot send yet: the six digits that it is registered with. */
export function RegisterNumber({ channel, otherwise }: Props) {
  const { t } = useTranslation();
  const [, register] = useMutation(RegisterWhatsAppNumberDocument);
  const { ask, busy, failure, errorOf } = useAskIn(inReadersWords, 'pin');
  const [done, setDone] = useState(false);
  if (done || channel.whatsApp?.registered !== false || channel.status === 'DISCONNECTED') return otherwise;
  return (
    <form
      className="narrow-form"
      aria-label={t('register.title')}
      onSubmit={(event) => {
        event.preventDefault();
        const pin = formWords(event.currentTarget)('pin');
        void ask(() => register({ channelId: channel.id, pin })).then((result) => {
          if (!result) return;
          setDone(true);
          notify(t('register.done'));
        });
      }}
    >
      <h2>{t('register.title')}</h2>
      <p>{t('register.lead')}</p>
      {failure && <FailureNote failure={failure} />}
      <TextField
        label={t('register.pin')}
        hint={t('register.pinHint')}
        name="pin"
        inputMode="numeric"
        autoComplete="off"
        pattern="[0-9]{6}"
        maxLength={6}
        required
        error={errorOf('pin')}
      />
      <Button type="submit" tone="primary" busy={busy}>
        {t('register.now')}
      </Button>
    </form>
  );
}
