import { useTranslation } from 'react-i18next';
import { CreateWorkspaceDocument } from '../api/documents.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { AccountForm } from './account-form.js';
import { rememberWorkspace, useSession } from './session.js';

/** Somebody who left their last workspace, or was removed from it: they can make one of their own, or sign out. */
export default function NoWorkspacePage() {
  const { t } = useTranslation();
  const { account, reload, signOut } = useSession();
  const { ask, busy, failure, errorOf } = useAsk('name');
  return (
    <AccountForm
      title={t('account.noWorkspace')}
      button={t('workspace.create')}
      lead={t('account.noWorkspaceHint')}
      failure={failure}
      busy={busy}
      onSubmit={(form) => {
        const name = formWords(form)('name');
        void ask(() => account.mutation(CreateWorkspaceDocument, { name }).toPromise()).then((result) => {
          if (!result?.data) return;
          rememberWorkspace(result.data.createWorkspace.id);
          reload();
        });
      }}
      below={
        <Button icon="exit" onClick={() => void signOut()}>
          {t('account.signOut')}
        </Button>
      }
    >
      <TextField
        label={t('account.workspaceName')}
        name="name"
        autoComplete="organization"
        dir="auto"
        required
        error={errorOf('name')}
      />
    </AccountForm>
  );
}
