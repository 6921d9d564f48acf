import { useTranslation } from 'react-i18next';
import type { AuthorizationPartsFragment } from '../../api/documents.js';

type Permissions = AuthorizationPartsFragment['permissions'];

/** Every permission that is asked for with its one purpose; `answered` once the person has decided. */
export function PermissionList({ permissions, answered }: { permissions: Permissions; answered: boolean }) {
  const { t } = useTranslation();
  return (
    <ul className="permissions">
      {permissions.map(({ name, purpose, granted }) => (
        <li key={name}>
          <code>{name}</code>
          {answered && (
            <span className={granted ? 'chip status-connected' : 'chip warn'}>
              {t(granted ? 'consent.given' : 'consent.notGiven')}
            </span>
          )}
          {/* A permission that this build has no words for is told in the server's. */}
          <span className="permission-purpose">{t(`permission.${name}`, { defaultValue: purpose })}</span>
        </li>
      ))}
    </ul>
  );
}
