import { useTranslation } from 'react-i18next';
import { ChangeEmailDocument, ChangePasswordDocument, UpdateProfileDocument } from '../api/documents.js';
import { useSession, type Viewer } from '../session/session.js';
import { ResendVerification } from '../session/verify-banner.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/field.js';
import { formWords, secretOf } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import { FailureNote } from '../ui/states.js';
import { LanguageChoice, ThemeChoice } from './appearance.js';
import { DeleteAccount } from './delete-account.js';
import { useInstance } from './instance.js';
import { SendDelayChoice } from './send-delay-choice.js';
import { YourData } from './your-data.js';

/** The person at the screen: name, address, password, how the pages look, and the way out. */
export function ProfilePage() {
  const { t } = useTranslation();
  const session = useSession();
  const { version } = useInstance();
  if (session.state !== 'signed-in') return null;
  return (
    <>
      <h1>{t('settings.profile')}</h1>
      <NameForm viewer={session.viewer} />
      <section>
        <h2>{t('appearance.title')}</h2>
        <div className="button-row">
          <LanguageChoice />
          <ThemeChoice />
          <SendDelayChoice />
        </div>
      </section>
      <EmailForm viewer={session.viewer} />
      <PasswordForm />
      <section>
        <h2>{t('account.signOut')}</h2>
        <Button icon="exit" onClick={() => void session.signOut()}>
          {t('account.signOut')}
        </Button>
        {version && <p className="hint">Parley {version}</p>}
      </section>
      <YourData />
      <DeleteAccount />
    </>
  );
}

function NameForm({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation();
  const { account, reload } = useSession();
  const { ask, busy, failure, errorOf } = useAsk('name');
  return (
    <form
      className="narrow-form"
      onSubmit={(event) => {
        event.preventDefault();
        const name = formWords(event.currentTarget)('name');
        void ask(() => account.mutation(UpdateProfileDocument, { name }).toPromise()).then((result) => {
          if (!result) return;
          reload();
          notify(t('action.saved'));
        });
      }}
    >
      {failure && <FailureNote failure={failure} />}
      <TextField
        label={t('account.name')}
        hint={t('profile.nameHint')}
        name="name"
        autoComplete="name"
        dir="auto"
        required
        defaultValue={viewer.name}
        error={errorOf('name')}
      />
      <Button type="submit" tone="primary" busy={busy}>
        {t('action.save')}
      </Button>
    </form>
  );
}

function EmailForm({ viewer }: { viewer: Viewer }) {
  const { t } = useTranslation();
  const { account } = useSession();
  const { ask, busy, failure, errorOf } = useAsk('email', 'password');
  return (
    <section>
      <h2>{t('account.email')}</h2>
      <p>
        <bdi>{viewer.email}</bdi>{' '}
        <span className={`chip ${viewer.emailVerified ? 'status-connected' : 'warn'}`}>
          {t(viewer.emailVerified ? 'profile.confirmed' : 'profile.unconfirmed')}
        </span>
      </p>
      {!viewer.emailVerified && <ResendVerification />}
      <form
        className="narrow-form"
        onSubmit={(event) => {
          event.preventDefault();
          const target = event.currentTarget;
          const email = formWords(target)('email');
          const password = secretOf(target, 'password');
          void ask(() => account.mutation(ChangeEmailDocument, { email, password }).toPromise()).then((result) => {
            if (!result) return;
            target.reset();
            notify(t('profile.emailSent', { email }));
          });
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextField
          label={t('profile.newEmail')}
          hint={t('profile.newEmailHint')}
          name="email"
          type="email"
          autoComplete="email"
          required
          error={errorOf('email')}
        />
        <TextField
          label={t('profile.currentPassword')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={errorOf('password')}
        />
        <Button type="submit" busy={busy}>
          {t('profile.changeEmail')}
        </Button>
      </form>
    </section>
  );
}

function PasswordForm() {
  const { t } = useTranslation();
  const { account } = useSession();
  const { ask, busy, failure, errorOf } = useAsk('current', 'next', 'password');
  return (
    <section>
      <h2>{t('account.password')}</h2>
      <form
        className="narrow-form"
        onSubmit={(event) => {
          event.preventDefault();
          const target = event.currentTarget;
          const [current, next] = [secretOf(target, 'current'), secretOf(target, 'next')];
          void ask(() => account.mutation(ChangePasswordDocument, { current, next }).toPromise()).then((result) => {
            if (!result) return;
            target.reset();
            notify(t('profile.passwordChanged'));
          });
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextField
          label={t('profile.currentPassword')}
          name="current"
          type="password"
          autoComplete="current-password"
          required
          error={errorOf('current')}
        />
        <TextField
          label={t('reset.password')}
          hint={t('profile.passwordHint')}
          name="next"
          type="password"
          autoComplete="new-password"
          minLength={10}
          required
          error={errorOf('next') ?? errorOf('password')}
        />
        <Button type="submit" busy={busy}>
          {t('profile.changePassword')}
        </Button>
      </form>
    </section>
  );
}
