import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  InvitationsDocument,
  InviteMemberDocument,
  RevokeInvitationDocument,
  toApiFailure,
  type Role,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { SelectField, TextField } from '../ui/field.js';
import { failureSentence } from '../ui/failure-words.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import { EmptyState, FailureNote } from '../ui/states.js';
import { fullTime } from '../ui/time.js';
import { ToForm } from '../ui/to-form.js';
import { rolesUpTo } from './roles.js';

/** Who is invited and has not come yet, and the form that invites. */
export function Invitations() {
  const { t, i18n } = useTranslation();
  const { me } = useWorkspace();
  const form = useRef<HTMLFormElement>(null);
  const [{ data, error }, reload] = useQuery({ query: InvitationsDocument, requestPolicy: 'cache-and-network' });
  const [, invite] = useMutation(InviteMemberDocument);
  const [, revoke] = useMutation(RevokeInvitationDocument);
  const { ask, busy, failure, errorOf } = useAsk('email', 'role');
  const again = () => reload({ requestPolicy: 'network-only' });
  const waiting = data?.workspace.invitations ?? [];
  return (
    <>
      <section>
        <h2>{t('invitations.invite')}</h2>
        <form
          ref={form}
          className="narrow-form"
          onSubmit={(event) => {
            event.preventDefault();
            const target = event.currentTarget;
            const word = formWords(target);
            const email = word('email');
            void ask(() => invite({ email, role: word('role') as Role })).then((result) => {
              if (!result) return;
              target.reset();
              notify(t('invitations.sent', { email }));
              again();
            });
          }}
        >
          {failure && <FailureNote failure={failure} />}
          <TextField
            label={t('account.email')}
            name="email"
            type="email"
            autoComplete="off"
            required
            error={errorOf('email')}
          />
          <SelectField label={t('tokens.role')} name="role" defaultValue="EDITOR" error={errorOf('role')}>
            {rolesUpTo(me?.role ?? 'VIEWER').map((role) => (
              <option key={role} value={role}>
                {t(`role.${role}`)}
              </option>
            ))}
          </SelectField>
          <Button type="submit" tone="primary" busy={busy}>
            {t('invitations.send')}
          </Button>
        </form>
      </section>
      <section>
        <h2>{t('invitations.waiting')}</h2>
        {error && <FailureNote failure={toApiFailure(error)} onRetry={again} />}
        {data && waiting.length === 0 && (
          <EmptyState
            icon="people"
            title={t('invitations.none')}
            text={t('invitations.noneHint')}
            action={<ToForm label={t('invitations.invite')} form={form} />}
          />
        )}
        <ul className="cards">
          {waiting.map((invitation) => (
            <li key={invitation.id} className="card">
              <div className="card-head">
                <bdi>{invitation.email}</bdi>
                <span className="chip">{t(`role.${invitation.role}`)}</span>
                <Button
                  size="small"
                  tone="danger"
                  className="push-end"
                  onClick={() =>
                    void revoke({ id: invitation.id }).then((result) => {
                      if (result.error) notify(failureSentence(toApiFailure(result.error), t), 'error');
                      again();
                    })
                  }
                >
                  {t('invitations.revoke')}
                </Button>
              </div>
              <p className="hint">{t('invitations.until', { time: fullTime(invitation.expiresAt, i18n.language) })}</p>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
