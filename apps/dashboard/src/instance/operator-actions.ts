import type { InstanceRequestPartsFragment } from '../api/documents.js';
import { canExtend, isUnproved } from '../settings/privacy/possible-actions.js';
import { isOpen } from '../settings/privacy/queue-filter.js';

export type OperatorAction =
  ('route' | 'answer' | 'askProof' | 'changeKind' | 'extend' | 'refuse') | ('askController' | 'eraseDirectly');

type Actable = Pick<
  InstanceRequestPartsFragment,
  'status' | 'ownedByWorkspace' | 'receivedAt' | 'dueAt' | 'extendedUntil'
>;

/** What an operator can do with a request: nothing once it is settled; what a workspace owns is the workspace's to answer. */
export function operatorActions(request: Actable): readonly OperatorAction[] {
  if (!isOpen(request)) return [];
  if (request.ownedByWorkspace) return ['askController', 'eraseDirectly'];
  const actions: readonly (readonly [OperatorAction, boolean])[] = [
    ['route', true],
    ['answer', true],
    ['askProof', isUnproved(request)],
    ['changeKind', true],
    ['extend', canExtend(request)],
    ['refuse', true],
  ];
  return actions.filter(([, can]) => can).map(([action]) => action);
}
