import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useSession } from '../session/session.js';
import { useWorkspace } from '../session/workspace.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { fullTime } from '../ui/time.js';
import { LanguageChoice, ThemeChoice } from './appearance.js';
import { useInstance } from './instance.js';

/** The workspace, who belongs to it, and how this screen looks. */
export function WorkspacePage() {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const session = useSession();
  const { version } = useInstance();
  const [, navigate] = useLocation();
  const memberships = session.state === 'signed-in' ? session.viewer.memberships : [];
  return (
    <>
      <h1 dir="auto">{workspace.name}</h1>
      <p className="hint">{t('workspace.since', { time: fullTime(workspace.createdAt, i18n.language) })}</p>
      <section>
        <h2>{t('workspace.members')}</h2>
        <ul className="cards">
          {workspace.members.map((member) => (
            <li key={member.id} className="card">
              <div className="card-head">
                <Avatar name={member.user.name} size="small" />
                <strong dir="auto">{member.user.name}</strong>
                <bdi className="hint">{member.user.email}</bdi>
                <span className="chip push-end">{t(`role.${member.role}`)}</span>
                {member.frozen && <span className="chip warn">{t('channels.frozen')}</span>}
              </div>
            </li>
          ))}
        </ul>
      </section>
      {memberships.length > 1 && (
        <section>
          <h2>{t('workspace.others')}</h2>
          <div className="button-row">
            {memberships
              .filter((membership) => membership.workspace.id !== workspace.id)
              .map((membership) => (
                <Button
                  key={membership.workspace.id}
                  onClick={() => navigate(`~/w/${membership.workspace.id}/inbox/open`)}
                >
                  <bdi>{membership.workspace.name}</bdi>
                </Button>
              ))}
          </div>
        </section>
      )}
      <section>
        <h2>{t('workspace.appearance')}</h2>
        <div className="button-row">
          <LanguageChoice />
          <ThemeChoice />
        </div>
      </section>
      <section>
        <h2>{t('workspace.you')}</h2>
        {session.state === 'signed-in' && (
          <p>
            <bdi>{session.viewer.name}</bdi> · <bdi>{session.viewer.email}</bdi>
          </p>
        )}
        <Button icon="exit" onClick={() => void session.signOut()}>
          {t('account.signOut')}
        </Button>
        {version && <p className="hint">Parley {version}</p>}
      </section>
    </>
  );
}
