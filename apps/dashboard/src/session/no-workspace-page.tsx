import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.js';
import { AccountForm } from './account-form.js';
import { useCreateWorkspace } from './create-workspace.js';
import { useSession } from './session.js';

/** Somebody who left their last workspace, or was removed from it: they can make one of their own, or sign out. */
export default function NoWorkspacePage() {
  const { t } = useTranslation();
  const { signOut } = useSession();
  const { form, field } = useCreateWorkspace();
  return (
    <AccountForm
      title={t('account.noWorkspace')}
      button={t('workspace.create')}
      lead={t('account.noWorkspaceHint')}
      {...form}
      below={
        <Button icon="exit" onClick={() => void signOut()}>
          {t('account.signOut')}
        </Button>
      }
    >
      {field}
    </AccountForm>
  );
}
