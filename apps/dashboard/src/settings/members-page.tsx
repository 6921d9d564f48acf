import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangeRoleDocument, RemoveMemberDocument, type Role } from '../api/documents.js';
import { useSession } from '../session/session.js';
import { useWorkspace, type Member } from '../session/workspace.js';
import { useMutation } from 'urql';
import { Avatar } from '../ui/avatar.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { Dialog } from '../ui/dialog.js';
import { SelectField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import { PresenceDot } from '../ui/presence-dot.js';
import { FailureNote } from '../ui/states.js';
import { fullDate } from '../ui/time.js';
import { FrozenNote } from './billing/frozen-note.js';
import { Invitations } from './invitations.js';
import { mayManage, rolesUpTo } from './roles.js';

/** Who works here and as what, who is invited, and how a membership ends. */
export function MembersPage() {
  const { t } = useTranslation();
  const { workspace, mayAdminister } = useWorkspace();
  return (
    <>
      <h1>{t('settings.members')}</h1>
      <p className="lead">{t('members.lead')}</p>
      <ul className="cards">
        {workspace.members.map((member) => (
          <li key={member.id} className="card">
            <OneMember member={member} />
          </li>
        ))}
      </ul>
      {mayAdminister ? <Invitations /> : <p className="hint">{t('channels.adminsOnly')}</p>}
      <section>
        <h2>{t('members.roles')}</h2>
        <dl className="meanings">
          {(['OWNER', 'ADMIN', 'EDITOR', 'VIEWER'] as const).map((role) => (
            <div key={role}>
              <dt>{t(`role.${role}`)}</dt>
              <dd>{t(`roleMeaning.${role}`)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}

function OneMember({ member }: { member: Member }) {
  const { t, i18n } = useTranslation();
  const { me } = useWorkspace();
  const [open, setOpen] = useState<'role' | 'remove' | null>(null);
  const self = member.id === me?.id;
  const manages = me !== null && !self && mayManage(me.role, member.role);
  return (
    <>
      <div className="card-head">
        <Avatar name={member.user.name} size="small" />
        <strong dir="auto">{member.user.name}</strong>
        {self && <span className="hint">{t('members.you')}</span>}
        <bdi className="hint">{member.user.email}</bdi>
        {/* Together: a role that alone falls to the next line looks like a part of the name. */}
        <span className="card-state push-end">
          <span className="hint presence">
            <PresenceDot online={member.online} />
            {t(member.online ? 'presence.online' : 'presence.away')}
          </span>
          <span className="chip">{t(`role.${member.role}`)}</span>
          {member.frozen && <span className="chip warn">{t('channels.frozen')}</span>}
        </span>
      </div>
      <p className="hint">{t('members.since', { time: fullDate(member.joinedAt, i18n.language) })}</p>
      {member.frozen && <FrozenNote what="member" />}
      {(manages || self) && (
        <div className="button-row">
          {manages && (
            <Button size="small" onClick={() => setOpen('role')}>
              {t('members.changeRole')}
            </Button>
          )}
          <Button size="small" tone="danger" onClick={() => setOpen('remove')}>
            {t(self ? 'members.leave' : 'members.remove')}
          </Button>
        </div>
      )}
      {open === 'role' && <RoleDialog member={member} onClose={() => setOpen(null)} />}
      {open === 'remove' && <RemoveDialog member={member} self={self} onClose={() => setOpen(null)} />}
    </>
  );
}

function RoleDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation();
  const { me } = useWorkspace();
  const [, change] = useMutation(ChangeRoleDocument);
  const { ask, busy, failure, errorOf } = useAsk('role');
  return (
    <ConfirmForm
      title={t('members.roleOf', { name: member.user.name })}
      button={t('action.save')}
      tone="primary"
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        const role = formWords(form)('role') as Role;
        void ask(() => change({ memberId: member.id, role })).then((result) => {
          if (!result) return;
          notify(t('members.roleChanged'));
          onClose();
        });
      }}
    >
      <SelectField label={t('tokens.role')} name="role" defaultValue={member.role} error={errorOf('role')}>
        {rolesUpTo(me?.role ?? 'VIEWER').map((role) => (
          <option key={role} value={role}>
            {t(`role.${role}`)}
          </option>
        ))}
      </SelectField>
    </ConfirmForm>
  );
}

function RemoveDialog({ member, self, onClose }: { member: Member; self: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { reload } = useSession();
  const [, remove] = useMutation(RemoveMemberDocument);
  const { ask, busy, failure } = useAsk();
  const title = self ? t('members.leave') : t('members.removeTitle', { name: member.user.name });
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{t(self ? 'members.leaveText' : 'members.removeText')}</p>
      {failure && <FailureNote failure={failure} />}
      <div className="button-row">
        <Button
          tone="danger"
          busy={busy}
          onClick={() =>
            void ask(() => remove({ memberId: member.id })).then((result) => {
              if (!result) return;
              onClose();
              if (self) return reload();
              notify(t('members.removed', { name: member.user.name }));
            })
          }
        >
          {t(self ? 'members.leave' : 'members.remove')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </Dialog>
  );
}
