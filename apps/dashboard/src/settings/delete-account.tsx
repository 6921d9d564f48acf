import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteAccountDocument } from '../api/documents.js';
import { PasswordField } from '../session/account-fields.js';
import { useSession } from '../session/session.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { CheckField } from '../ui/field.js';
import { secretOf } from '../ui/form-words.js';

/** The last section of the profile: an account goes at once, and says before what goes with it. */
export function DeleteAccount() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <section className="danger-zone">
      <h2>{t('deleteAccount.title')}</h2>
      <p>{t('deleteAccount.lead')}</p>
      <Button tone="danger" onClick={() => setOpen(true)}>
        {t('deleteAccount.button')}
      </Button>
      {open && <DeleteAccountDialog onClose={() => setOpen(false)} />}
    </section>
  );
}

function DeleteAccountDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const { ask, busy, failure, errorOf } = useAsk('password');
  if (session.state !== 'signed-in') return null;
  const { viewer, account, signedOut } = session;
  const owned = viewer.memberships.filter(({ role }) => role === 'OWNER').map(({ workspace }) => workspace.name);
  return (
    <ConfirmForm
      title={t('deleteAccount.title')}
      text={t('deleteAccount.text')}
      button={t('deleteAccount.button')}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        const password = secretOf(form, 'password');
        const deleteOwnedWorkspaces = secretOf(form, 'owned') === 'on';
        void ask(() => account.mutation(DeleteAccountDocument, { password, deleteOwnedWorkspaces }).toPromise()).then(
          (result) => {
            if (result) signedOut();
          },
        );
      }}
    >
      {owned.length > 0 && (
        <>
          <p>
            {t('deleteAccount.owned')}{' '}
            {owned.map((name, index) => (
              <strong key={index}>
                {index > 0 && ', '}
                <bdi>{name}</bdi>
              </strong>
            ))}
          </p>
          <CheckField label={t('deleteAccount.withWorkspaces')} name="owned" />
        </>
      )}
      <PasswordField name="password" required error={errorOf('password')} />
    </ConfirmForm>
  );
}
