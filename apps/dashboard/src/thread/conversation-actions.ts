import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import {
  PauseAiDocument,
  ResumeAiDocument,
  toApiFailure,
  type ConversationStatus,
  type Priority,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import { useChangeConversation } from '../undo/change-conversations.js';
import { tagChange } from '../undo/way-back.js';
import type { OpenConversation } from './thread.js';

/** What a person decides about a conversation. The screen changes at once, and for a while there is a way back. */
export function useConversationActions(conversation: OpenConversation) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const change = useChangeConversation();
  const [, pauseAi] = useMutation(PauseAiDocument);
  const [, resumeAi] = useMutation(ResumeAiDocument);
  const { id, aiPaused } = conversation;
  return {
    setStatus: (status: ConversationStatus, snoozedUntil?: string) =>
      void change(conversation, { status, ...(snoozedUntil ? { snoozedUntil } : {}) }, t(`done.${status}`)),
    setPriority: (priority: Priority) =>
      void change(conversation, { priority }, t('done.priority', { priority: t(`priority.${priority}`) })),
    assign: (memberId: string | null) => {
      const name = workspace.members.find((member) => member.id === memberId)?.user.name;
      void change(conversation, { assigneeId: memberId }, name ? t('done.assigned', { name }) : t('done.unassigned'));
    },
    setTags: (tags: string[]) => void change(conversation, tagChange(conversation.tags, tags), t('done.tagged')),
    toggleAi: () =>
      void (aiPaused ? resumeAi : pauseAi)({ conversationId: id }).then(
        ({ error }) => error && notify(failureSentence(toApiFailure(error), t), 'error'),
      ),
  };
}
