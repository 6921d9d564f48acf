import { useTranslation } from 'react-i18next';
import { useMutation, type CombinedError } from 'urql';
import {
  AssignConversationDocument,
  PauseAiDocument,
  ResumeAiDocument,
  SetConversationStatusDocument,
  SetPriorityDocument,
  TagConversationDocument,
  toApiFailure,
  type ConversationStatus,
  type Priority,
} from '../api/documents.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import type { OpenConversation } from './thread.js';

/** What a person decides about a conversation. The screen changes at once; a refusal is told and the change taken back. */
export function useConversationActions({ id, aiPaused }: OpenConversation) {
  const { t } = useTranslation();
  const [, changeStatus] = useMutation(SetConversationStatusDocument);
  const [, changePriority] = useMutation(SetPriorityDocument);
  const [, changeAssignee] = useMutation(AssignConversationDocument);
  const [, changeTags] = useMutation(TagConversationDocument);
  const [, pauseAi] = useMutation(PauseAiDocument);
  const [, resumeAi] = useMutation(ResumeAiDocument);
  const told = (said: string | null) => (result: { error?: CombinedError | undefined }) => {
    if (result.error) notify(failureSentence(toApiFailure(result.error), t), 'error');
    else if (said) notify(said);
  };
  return {
    setStatus: (status: ConversationStatus, snoozedUntil?: string) =>
      void changeStatus({ id, status, snoozedUntil: snoozedUntil ?? null }).then(told(t(`done.${status}`))),
    setPriority: (priority: Priority) => void changePriority({ id, priority }).then(told(null)),
    assign: (memberId: string | null) => void changeAssignee({ id, memberId }).then(told(null)),
    setTags: (tags: string[]) => void changeTags({ id, tags }).then(told(null)),
    toggleAi: () => void (aiPaused ? resumeAi : pauseAi)({ conversationId: id }).then(told(null)),
  };
}
