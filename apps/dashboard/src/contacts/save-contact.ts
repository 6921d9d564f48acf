import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { UpdateContactDocument, toApiFailure, type UpdateContactMutationVariables } from '../api/documents.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import { offerUndo } from '../undo/offered-undo.js';
import type { Problem } from './contact-rules.js';

export type ContactChange = Omit<UpdateContactMutationVariables['input'], 'id'>;

/** Changes one thing that is known of a contact. */
export function useSaveContact(id: string) {
  const { t } = useTranslation();
  const [{ fetching }, update] = useMutation(UpdateContactDocument);
  /** Null where it is done, else why not, as a sentence. */
  const save = async (change: ContactChange): Promise<string | null> => {
    const { error } = await update({ input: { id, ...change } });
    return error ? failureSentence(toApiFailure(error), t) : null;
  };
  /** At once, with a way back; a refusal is told. */
  const saveOrTell = async (change: ContactChange, said: string, back: ContactChange): Promise<void> => {
    const tell = (refused: string | null) => refused !== null && notify(refused, 'error');
    const refused = await save(change);
    if (refused !== null) return void tell(refused);
    offerUndo(said, async () => void tell(await save(back)));
  };
  const wordsOf = (problem: Problem) => (problem ? t(`customer.problem.${problem.key}`, problem.values ?? {}) : null);
  return { saving: fetching, save, saveOrTell, wordsOf };
}
