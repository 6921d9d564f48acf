import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCreateWorkspace } from '../session/create-workspace.js';
import { useSession } from '../session/session.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { ConfirmForm } from '../ui/confirm-form.js';

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
  const [, navigate] = useLocation();
  // The entrance leads to the one used last.
  const { form, field } = useCreateWorkspace(() => navigate('~/'));
  return (
    <ConfirmForm
      title={t('workspace.create')}
      text={t('workspace.createText')}
      button={t('workspace.create')}
      tone="primary"
      onClose={onClose}
      {...form}
    >
      {field}
    </ConfirmForm>
  );
}
