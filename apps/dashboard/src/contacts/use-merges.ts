import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { MergeContactsDocument, UnmergeContactsDocument, toApiFailure } from '../api/documents.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import { offerUndo } from '../undo/offered-undo.js';

/** Makes two contacts one, with a way back for a few seconds, and takes them apart again later. */
export function useMerges() {
  const { t } = useTranslation();
  const [merging, mergeContacts] = useMutation(MergeContactsDocument);
  const [separating, unmergeContacts] = useMutation(UnmergeContactsDocument);
  /** Null where it is done, else why not, as a sentence. */
  const separate = async (keepId: string, mergedId: string): Promise<string | null> => {
    const { error } = await unmergeContacts({ keepId, mergedIds: [mergedId] });
    return error ? failureSentence(toApiFailure(error), t) : null;
  };
  const merge = async (keepId: string, mergedId: string, name: string): Promise<string | null> => {
    const { error } = await mergeContacts({ keepId, mergeIds: [mergedId] });
    if (error) return failureSentence(toApiFailure(error), t);
    offerUndo(t('customer.merged', { name }), async () => {
      const refused = await separate(keepId, mergedId);
      if (refused !== null) notify(refused, 'error');
    });
    return null;
  };
  return { busy: merging.fetching || separating.fetching, merge, separate };
}
