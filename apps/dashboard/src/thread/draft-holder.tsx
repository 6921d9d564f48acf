import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../session/workspace.js';
import { Icon } from '../ui/icon.js';
import type { OpenConversation } from './thread.js';

interface Props {
  conversation: OpenConversation;
  onTakeOver: () => void;
  onGiveBack: () => void;
}

/** Who holds the conversation, a person or the bot, and the way to the other one. */
export function DraftHolder({ conversation: { aiPaused, assignee }, onTakeOver, onGiveBack }: Props) {
  const { t } = useTranslation();
  const { me } = useWorkspace();
  const held =
    assignee === null
      ? t('suggestion.heldByTeam')
      : assignee.id === me?.id
        ? t('suggestion.heldByYou')
        : t('suggestion.heldBy', { name: assignee.user.name });
  return (
    <p className="draft-holder hint">
      <Icon name={aiPaused ? 'user' : 'bot'} size={14} />{' '}
      <span dir="auto">{aiPaused ? held : t('suggestion.heldByBot')}</span>{' '}
      <button type="button" className="link-button" onClick={aiPaused ? onGiveBack : onTakeOver}>
        {t(aiPaused ? 'suggestion.giveBack' : 'suggestion.takeOver')}
      </button>
    </p>
  );
}
