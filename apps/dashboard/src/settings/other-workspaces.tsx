import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { CreateWorkspaceDocument } from '../api/documents.js';
import { rememberWorkspace, useSession } from '../session/session.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';

/** The way to one's other workspaces, and to a new one. */
export function OtherWorkspaces() {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const session = useSession();
  const [, navigate] = useLocation();
  const [creating, setCreating] = useState(false);
  const memberships = session.state === 'signed-in' ? session.viewer.memberships : [];
  return (
    <section>
      <h2>{t('workspace.others')}</h2>
      <div className="button-row">
        {memberships
          .filter((membership) => membership.workspace.id !== workspace.id)
          .map((membership) => (
            <Button key={membership.workspace.id} onClick={() => navigate(`~/w/${membership.workspace.id}/inbox/open`)}>
              <bdi>{membership.workspace.name}</bdi>
            </Button>
          ))}
        <Button icon="plus" onClick={() => setCreating(true)}>
          {t('workspace.create')}
        </Button>
      </div>
      {creating && <CreateDialog onClose={() => setCreating(false)} />}
    </section>
  );
}

function CreateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { account, reload } = useSession();
  const [, navigate] = useLocation();
  const { ask, busy, failure, errorOf } = useAsk('name');
  return (
    <ConfirmForm
      title={t('workspace.create')}
      text={t('workspace.createText')}
      button={t('workspace.create')}
      tone="primary"
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        const name = formWords(form)('name');
        void ask(() => account.mutation(CreateWorkspaceDocument, { name }).toPromise()).then((result) => {
          if (!result?.data) return;
          rememberWorkspace(result.data.createWorkspace.id);
          reload();
          // The entrance leads to the one used last.
          navigate('~/');
        });
      }}
    >
      <TextField
        label={t('account.workspaceName')}
        name="name"
        autoComplete="organization"
        dir="auto"
        required
        error={errorOf('name')}
      />
    </ConfirmForm>
  );
}
