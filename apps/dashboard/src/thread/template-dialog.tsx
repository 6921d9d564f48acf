import { useRef, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  MessageTemplatesDocument,
  SendMessageDocument,
  toApiFailure,
  type MessageTemplatesQuery,
} from '../api/documents.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { SelectField, TextField } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { CustomerText } from '../ui/customer-text.js';
import { filledIn } from './filled-in.js';
import type { OpenConversation } from './thread.js';

type Template = MessageTemplatesQuery['messageTemplates'][number];

const nameOf = ({ name, language }: Pick<Template, 'name' | 'language'>) => `${name} · ${language}`;

/** A message that the platform has approved beforehand, filled in and sent by hand. */
export default function TemplateDialog({
  conversation,
  onClose,
}: {
  conversation: OpenConversation;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({
    query: MessageTemplatesDocument,
    variables: { channelId: conversation.channel.id },
    requestPolicy: 'cache-and-network',
  });
  const templates = data?.messageTemplates ?? [];
  return (
    <Dialog title={t('template.title')} onClose={onClose}>
      {error && !data && (
        <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />
      )}
      {!data && fetching && <Loading />}
      {data && templates.length === 0 && (
        <EmptyState
          icon="note"
          title={t('template.none')}
          action={<Button onClick={() => reload({ requestPolicy: 'network-only' })}>{t('action.tryAgain')}</Button>}
        />
      )}
      {templates.length > 0 && <Filling templates={templates} conversation={conversation} onClose={onClose} />}
    </Dialog>
  );
}

function Filling({
  templates,
  conversation,
  onClose,
}: {
  templates: readonly Template[];
  conversation: OpenConversation;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(() =>
    templates
      .filter((one) => !one.unusable)
      .concat(templates)
      .slice(0, 1)
      .map(nameOf)
      .join(''),
  );
  const [values, setValues] = useState<Readonly<Record<number, string>>>({});
  const [{ fetching, error }, send] = useMutation(SendMessageDocument);
  const [missing, setMissing] = useState(false);
  // One key for as long as the same thing is tried again: it goes out once.
  const key = useRef({ of: '', key: '' });
  const template = templates.find((one) => nameOf(one) === chosen);
  if (!template) return null;
  const places = Array.from({ length: template.variables }, (_, index) => index);
  const variables = places.map((place) => (values[place] ?? '').trim());
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    // The composer, which it was opened from, hears events of this form as well.
    event.stopPropagation();
    if (fetching || template.unusable) return;
    setMissing(variables.includes(''));
    if (variables.includes('')) return;
    const of = JSON.stringify([template.name, template.language, variables]);
    if (key.current.of !== of) key.current = { of, key: crypto.randomUUID() };
    const { name, language } = template;
    const input = {
      conversationId: conversation.id,
      idempotencyKey: key.current.key,
      template: { name, language, variables },
    };
    void send({ input }).then((result) => {
      if (result.error) return;
      notify(t('template.sent'));
      onClose();
    });
  };
  return (
    <form className="stack" onSubmit={submit}>
      {error && <FailureNote failure={toApiFailure(error)} />}
      <SelectField
        label={t('template.choose')}
        value={chosen}
        error={template.unusable ?? undefined}
        onChange={(event) => (setChosen(event.target.value), setValues({}), setMissing(false))}
      >
        {templates.map((one) => (
          <option key={nameOf(one)}>{nameOf(one)}</option>
        ))}
      </SelectField>
      {places.map((place) => (
        <TextField
          key={`${chosen} ${String(place)}`}
          label={t('template.value', { place: `{{${String(place + 1)}}}` })}
          dir="auto"
          maxLength={1024}
          value={values[place] ?? ''}
          error={missing && !variables[place] ? t('template.missing') : undefined}
          onChange={(event) => setValues({ ...values, [place]: event.target.value })}
        />
      ))}
      <section className="template-preview" aria-label={t('template.preview')}>
        <p className="hint">{t('template.preview')}</p>
        <CustomerText text={filledIn(template.body, variables)} />
      </section>
      <Button type="submit" tone="primary" icon="send" busy={fetching} disabled={template.unusable !== null}>
        {t('template.send')}
      </Button>
    </form>
  );
}
