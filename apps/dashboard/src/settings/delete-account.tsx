import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteAccountDocument } from '../api/documents.js';
import { forgetLocally } from '../session/local-traces.js';
import { useSession } from '../session/session.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { CheckField, TextField } from '../ui/field.js';
import { FailureNote } from '../ui/states.js';

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
    <Dialog title={t('deleteAccount.title')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const given = form.get('password');
          const password = typeof given === 'string' ? given : '';
          const deleteOwnedWorkspaces = form.get('owned') === 'on';
          void ask(() => account.mutation(DeleteAccountDocument, { password, deleteOwnedWorkspaces }).toPromise()).then(
            (result) => {
              if (!result) return;
              forgetLocally(localStorage, viewer.id);
              signedOut();
            },
          );
        }}
      >
        <p>{t('deleteAccount.text')}</p>
        {failure && <FailureNote failure={failure} />}
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
        <TextField
          label={t('account.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={errorOf('password')}
        />
        <div className="button-row">
          <Button type="submit" tone="danger" busy={busy}>
            {t('deleteAccount.button')}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
