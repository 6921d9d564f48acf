import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { AccountForm } from './account-form.js';
import { useCreateWorkspace } from './create-workspace.js';
import { useSession } from './session.js';

/** Somebody who left their last workspace, or was removed from it: they can make one of their own, or sign out. */
export default function NoWorkspacePage() {
  const { t } = useTranslation();
  const session = useSession();
  const { signOut } = session;
  const isOperator = session.state === 'signed-in' && session.viewer.instanceOperator;
  const { form, field } = useCreateWorkspace();
  return (
    <AccountForm
      title={t('account.noWorkspace')}
      button={t('workspace.create')}
      lead={t('account.noWorkspaceHint')}
      {...form}
      below={
        <>
          {isOperator && (
            <Link href="/instance/privacy" className="button plain medium">
              <Icon name="shield" size={16} /> {t('instance.nav')}
            </Link>
          )}
          <Button icon="exit" onClick={() => void signOut()}>
            {t('account.signOut')}
          </Button>
        </>
      }
    >
      {field}
    </AccountForm>
  );
}
