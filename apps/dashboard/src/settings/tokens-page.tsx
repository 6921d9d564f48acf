import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  ApiTokensDocument,
  CreateApiTokenDocument,
  RevokeApiTokenDocument,
  toApiFailure,
  type Role,
} from '../api/documents.js';
import { usePasswordAgain } from '../session/password-again.js';
import { Button } from '../ui/button.js';
import { CopyButton } from '../ui/copy-button.js';
import { Dialog } from '../ui/dialog.js';
import { SelectField, TextField } from '../ui/field.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { ToForm } from '../ui/to-form.js';
import { fullTime } from '../ui/time.js';

const days = [30, 90, 365] as const;

/** Keys for programs. A secret is shown once, at the moment it is made. */
export function TokensPage() {
  const form = useRef<HTMLFormElement>(null);
  const { t, i18n } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({
    query: ApiTokensDocument,
    requestPolicy: 'cache-and-network',
  });
  const [, revoke] = useMutation(RevokeApiTokenDocument);
  const [creating, create] = useMutation(CreateApiTokenDocument);
  const passwordAgain = usePasswordAgain();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('EDITOR');
  const [lasts, setLasts] = useState('90');
  const [secret, setSecret] = useState<string | null>(null);
  const refused = creating.error ? toApiFailure(creating.error) : null;
  // That one is answered by the dialog.
  const failure = refused?.code === 'REAUTHENTICATION_REQUIRED' ? null : refused;
  const submit = () => {
    if (!name.trim() || creating.fetching) return;
    const expiresAt = lasts ? new Date(Date.now() + Number(lasts) * 86_400_000).toISOString() : null;
    void passwordAgain
      .run(() => create({ name: name.trim(), role, expiresAt }))
      .then((result) => {
        if (!result?.data) return;
        setSecret(result.data.createApiToken.secret);
        setName('');
      });
  };
  return (
    <>
      <h1>{t('settings.tokens')}</h1>
      <p className="lead">{t('tokens.lead')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data?.apiTokens.length === 0 && (
        <EmptyState
          icon="key"
          title={t('tokens.empty')}
          text={t('tokens.emptyHint')}
          action={<ToForm label={t('tokens.create')} form={form} />}
        />
      )}
      <ul className="cards">
        {data?.apiTokens.map((token) => (
          <li key={token.id} className="card">
            <div className="card-head">
              <strong dir="auto">{token.name}</strong>
              <code>…{token.lastFour}</code>
              <span className="chip">{t(`role.${token.role}`)}</span>
              <Button
                size="small"
                tone="danger"
                className="push-end"
                onClick={() =>
                  void revoke({ id: token.id }).then(
                    (result) => result.error && notify(failureSentence(toApiFailure(result.error), t), 'error'),
                  )
                }
              >
                {t('tokens.revoke')}
              </Button>
            </div>
            <p className="hint">
              {t('tokens.created', { time: fullTime(token.createdAt, i18n.language) })} ·{' '}
              {token.lastUsedAt
                ? t('tokens.used', { time: fullTime(token.lastUsedAt, i18n.language) })
                : t('tokens.neverUsed')}{' '}
              ·{' '}
              {token.expiresAt
                ? t('tokens.expires', { time: fullTime(token.expiresAt, i18n.language) })
                : t('tokens.neverExpires')}
            </p>
          </li>
        ))}
      </ul>
      <section>
        <h2>{t('tokens.create')}</h2>
        <form
          ref={form}
          className="narrow-form"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {failure && failure.field !== 'name' && <FailureNote failure={failure} />}
          <TextField
            label={t('tokens.name')}
            hint={t('tokens.nameHint')}
            dir="auto"
            value={name}
            onChange={(event) => setName(event.target.value)}
            error={failure?.field === 'name' ? failureSentence(failure, t) : undefined}
          />
          <SelectField label={t('tokens.role')} value={role} onChange={(event) => setRole(event.target.value as Role)}>
            {(['VIEWER', 'EDITOR', 'ADMIN'] as const).map((value) => (
              <option key={value} value={value}>
                {t(`role.${value}`)}
              </option>
            ))}
          </SelectField>
          <SelectField label={t('tokens.lasts')} value={lasts} onChange={(event) => setLasts(event.target.value)}>
            {days.map((count) => (
              <option key={count} value={count}>
                {t('tokens.days', { count })}
              </option>
            ))}
            <option value="">{t('tokens.neverExpires')}</option>
          </SelectField>
          <Button type="submit" tone="primary" busy={creating.fetching} disabled={!name.trim()}>
            {t('tokens.create')}
          </Button>
        </form>
      </section>
      {passwordAgain.dialog}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}

function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('tokens.secret')} onClose={onClose}>
      <div className="stack">
        <p>{t('tokens.secretText')}</p>
        <input
          className="secret"
          readOnly
          value={secret}
          aria-label={t('tokens.secret')}
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={secret} />
      </div>
    </Dialog>
  );
}
