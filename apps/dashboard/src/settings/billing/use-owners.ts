import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.js';
import { regionOf } from '../../ui/time.js';

/** The owners of the workspace by name, as one says them: who may choose and end its plan. */
export function useOwners(): string {
  const { i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const names = workspace.members.filter(({ role }) => role === 'OWNER').map(({ user }) => user.name);
  return new Intl.ListFormat(regionOf(i18n.language), { type: 'disjunction' }).format(names);
}
