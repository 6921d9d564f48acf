import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { DeleteWorkspaceDocument, TransferOwnershipDocument } from '../api/documents.js';
import { usePasswordAgain } from '../session/password-again.js';
import { useSession } from '../session/session.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { SelectField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import { FailureNote } from '../ui/states.js';
import { TypedName } from '../ui/typed-name.js';

/** An owner hands the workspace to another member. */
export function TransferOwnership() {
  const { t } = useTranslation();
  const { workspace, me } = useWorkspace();
  const [, transfer] = useMutation(TransferOwnershipDocument);
  const { ask, busy, failure, errorOf } = useAsk('memberId');
  const passwordAgain = usePasswordAgain();
  const others = workspace.members.filter((member) => member.id !== me?.id && !member.frozen);
  return (
    <section>
      <h2>{t('transfer.title')}</h2>
      <p>{t(others.length > 0 ? 'transfer.lead' : 'transfer.nobody')}</p>
      {others.length > 0 && (
        <form
          className="narrow-form"
          onSubmit={(event) => {
            event.preventDefault();
            const memberId = formWords(event.currentTarget)('memberId');
            const name = others.find((member) => member.id === memberId)?.user.name ?? '';
            void ask(() => passwordAgain.run(() => transfer({ memberId }))).then(
              (result) => result && notify(t('transfer.done', { name })),
            );
          }}
        >
          {failure && <FailureNote failure={failure} />}
          {/* From left to right in every language: where it is too long, the address is cut and not the name. */}
          <SelectField label={t('transfer.to')} name="memberId" dir="ltr" error={errorOf('memberId')}>
            {others.map((member) => (
              <option key={member.id} value={member.id}>
                {member.user.name} ({member.user.email})
              </option>
            ))}
          </SelectField>
          <Button type="submit" busy={busy}>
            {t('transfer.button')}
          </Button>
        </form>
      )}
      {passwordAgain.dialog}
    </section>
  );
}

/** The end of a workspace: at once, and for good. The typed name stands between a slip and that. */
export function DeleteWorkspace() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <section className="danger-zone">
      <h2>{t('deleteWorkspace.title')}</h2>
      <p>{t('deleteWorkspace.lead')}</p>
      <Button tone="danger" onClick={() => setOpen(true)}>
        {t('deleteWorkspace.button')}
      </Button>
      {open && <DeleteDialog onClose={() => setOpen(false)} />}
    </section>
  );
}

function DeleteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const { reload } = useSession();
  const [, remove] = useMutation(DeleteWorkspaceDocument);
  const { ask, busy, failure, errorOf } = useAsk('confirmName');
  const passwordAgain = usePasswordAgain();
  return (
    <ConfirmForm
      title={t('deleteWorkspace.title')}
      text={t('deleteWorkspace.text')}
      button={t('deleteWorkspace.button')}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        const confirmName = formWords(form)('confirmName');
        void ask(() => passwordAgain.run(() => remove({ confirmName }))).then((result) => {
          if (!result?.data) return;
          notify(t('deleteWorkspace.done', { code: result.data.deleteWorkspace.confirmationCode }));
          reload();
        });
      }}
      beside={passwordAgain.dialog}
    >
      <TypedName
        ask={t('deleteWorkspace.type')}
        name={workspace.name}
        label={t('account.workspaceName')}
        field="confirmName"
        error={errorOf('confirmName')}
      />
    </ConfirmForm>
  );
}
