import { useTranslation } from 'react-i18next';
import { CreateWorkspaceDocument } from '../api/documents.js';
import { useAsk } from '../ui/ask.js';
import { TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { rememberWorkspace, useSession } from './session.js';

/** What a form that makes a workspace needs: its field, and what is done with it. */
export function useCreateWorkspace(onCreated?: () => void) {
  const { t } = useTranslation();
  const { account, reload } = useSession();
  const { ask, busy, failure, errorOf } = useAsk('name');
  const onSubmit = (form: HTMLFormElement) => {
    const name = formWords(form)('name');
    void ask(() => account.mutation(CreateWorkspaceDocument, { name }).toPromise()).then((result) => {
      if (!result?.data) return;
      rememberWorkspace(result.data.createWorkspace.id);
      reload();
      onCreated?.();
    });
  };
  const field = (
    <TextField
      label={t('account.workspaceName')}
      name="name"
      autoComplete="organization"
      dir="auto"
      required
      error={errorOf('name')}
    />
  );
  return { form: { busy, failure, onSubmit }, field };
}
