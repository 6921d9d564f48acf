import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { CreateWebhookEndpointDocument } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { CheckField, TextField } from '../../ui/field.js';
import { FailureNote } from '../../ui/states.js';
import { eventNames, wordOfEvent } from './event-words.js';

interface Props {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly onSecret: (secret: string) => void;
}

/** Names a system that is to be told. */
export function NewEndpoint({ form, onSecret }: Props) {
  const { t } = useTranslation();
  const [, create] = useMutation(CreateWebhookEndpointDocument);
  const { ask, busy, failure, errorOf } = useAsk('url', 'events');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<readonly string[]>(['message.received']);
  const submit = () =>
    void ask(() => create({ url, events: [...events] })).then((result) => {
      if (!result?.data) return;
      onSecret(result.data.createWebhookEndpoint.secret);
      setUrl('');
    });
  return (
    <section>
      <h2>{t('webhooks.create')}</h2>
      <form
        ref={form}
        className="narrow-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextField
          label={t('webhooks.url')}
          hint={t('webhooks.urlHint')}
          type="url"
          dir="ltr"
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          error={errorOf('url')}
        />
        <fieldset className="picks">
          <legend>{t('webhooks.events')}</legend>
          {eventNames.map((name) => (
            <CheckField
              key={name}
              label={t(wordOfEvent(name))}
              checked={events.includes(name)}
              error={name === eventNames[0] ? errorOf('events') : undefined}
              onChange={(event) =>
                setEvents(event.target.checked ? [...events, name] : events.filter((one) => one !== name))
              }
            />
          ))}
        </fieldset>
        <Button type="submit" tone="primary" busy={busy}>
          {t('webhooks.create')}
        </Button>
      </form>
    </section>
  );
}
