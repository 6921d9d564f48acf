import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { SendMessageDocument } from '../../api/documents.js';
import { useEvents } from '../../session/use-news.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/field.js';
import { FailureNote } from '../../ui/states.js';

/** The other way: a first answer from here, and how far it has come. */
export function TestReply({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const [, send] = useMutation(SendMessageDocument);
  const { ask, busy, failure, errorOf } = useAsk('text');
  // One answer, however often the button is pressed.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [text, setText] = useState(() => t('channel.testText'));
  const [sent, setSent] = useState<{ id: string; status: string } | null>(null);
  useEvents((event) => {
    if (event?.__typename !== 'MessageChanged') return;
    const { id, status } = event.message;
    setSent((before) => (before?.id === id ? { id, status } : before));
  });
  if (sent)
    return (
      <p role="status">{t('channel.testSent', { status: t(`messageStatus.${sent.status}`).toLocaleLowerCase() })}</p>
    );
  return (
    <form
      className="narrow-form"
      onSubmit={(event) => {
        event.preventDefault();
        void ask(() => send({ input: { conversationId, text: text.trim(), idempotencyKey } })).then(
          (result) => result?.data && setSent(result.data.sendMessage),
        );
      }}
    >
      {failure && <FailureNote failure={failure} />}
      <TextField
        label={t('channel.testReply')}
        hint={t('channel.testHint')}
        dir="auto"
        required
        maxLength={500}
        value={text}
        onChange={({ target }) => setText(target.value)}
        error={errorOf('text')}
      />
      <Button type="submit" busy={busy}>
        {t('channel.testNow')}
      </Button>
    </form>
  );
}
