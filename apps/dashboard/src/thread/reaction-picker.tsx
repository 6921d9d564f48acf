import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { ReactToMessageDocument, toApiFailure } from '../api/documents.js';
import type { MessagePartsFragment } from '../inbox/types.js';
import { IconButton } from '../ui/button.js';
import { failureSentence } from '../ui/failure-words.js';
import { ChoiceMenu } from '../ui/menu.js';
import { notify } from '../ui/notices.js';
import type { OpenConversation } from './thread.js';

/** What is offered where a channel takes any emoji. */
const common = ['👍', '❤️', '😂', '😮', '😢', '🙏', '✅'];
const mostShown = 12;

/** A reaction on what the customer wrote: what the channel takes, the one that stands marked. */
export function ReactionPicker({
  message,
  conversation,
}: {
  message: MessagePartsFragment;
  conversation: OpenConversation;
}) {
  const { t } = useTranslation();
  const [, react] = useMutation(ReactToMessageDocument);
  const standing = message.reactions.find(({ by }) => by !== 'CONTACT')?.emoji ?? '';
  const offered = (conversation.channel.capabilities.reactionEmojis ?? common).slice(0, mostShown);
  const emojis = standing && !offered.includes(standing) ? [...offered, standing] : offered;
  const choose = (emoji: string) =>
    void react({ messageId: message.id, emoji: emoji || null }).then(({ error }) => {
      if (error) notify(failureSentence(toApiFailure(error), t), 'error');
    });
  return (
    <ChoiceMenu
      label={t('message.react')}
      value={standing}
      choices={[
        ...emojis.map((emoji) => ({ value: emoji, label: emoji })),
        ...(standing ? [{ value: '', label: t('message.noReaction') }] : []),
      ]}
      onChoose={choose}
      trigger={<IconButton className="bubble-reply" icon="smile" label={t('message.react')} />}
    />
  );
}
