import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import {
  DraftReplyDocument,
  toApiFailure,
  type ApiFailure,
  type DraftReplyMutationVariables,
} from '../api/documents.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';

/** Asks for a draft; a draft that came by itself is not asked for twice. */
export function useDraftReply(conversationId: string) {
  const { t } = useTranslation();
  const [{ fetching }, draftReply] = useMutation(DraftReplyDocument);
  /** Gives the id of the draft, or why there is none. What becomes of it the live feed tells. */
  const reply = async (
    wish: Omit<DraftReplyMutationVariables, 'conversationId'> = {},
  ): Promise<string | ApiFailure> => {
    const { data, error } = await draftReply({ conversationId, ...wish });
    return error ? toApiFailure(error) : (data?.draftReply.id ?? '');
  };
  const ask = () => void reply().then((came) => typeof came === 'string' || notify(failureSentence(came, t), 'error'));
  return { asking: fetching, ask, reply };
}
