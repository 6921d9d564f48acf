import type { PrivacyPartsFragment } from '../../api/documents.js';
import { isOpen } from './queue-filter.js';

export type RequestAction = 'match' | 'verify' | 'askProof' | 'extend' | 'reject';

const longestDays = 90;
const day = 86_400_000;

type Actable = Pick<PrivacyPartsFragment, 'status' | 'kind' | 'contacts' | 'receivedAt' | 'dueAt' | 'extendedUntil'>;

/** No law allows longer than this. */
export function latestDate({ receivedAt }: Pick<Actable, 'receivedAt'>): Date {
  return new Date(Date.parse(receivedAt) + longestDays * day);
}

/** What a member can do with a request now: nothing once it is settled, or once the erasing began. */
export function possibleActions(request: Actable): readonly RequestAction[] {
  const { status, kind, contacts, dueAt, extendedUntil } = request;
  if (!isOpen(request)) return [];
  if (kind === 'ERASE' && status === 'IN_PROGRESS' && contacts.length > 0) return [];
  const unproved = status === 'RECEIVED' || status === 'VERIFYING';
  const canExtend = Date.parse(extendedUntil ?? dueAt) < latestDate(request).getTime();
  const actions: readonly (readonly [RequestAction, boolean])[] = [
    ['match', status !== 'ON_HOLD'],
    ['verify', unproved],
    ['askProof', unproved],
    ['extend', canExtend],
    ['reject', true],
  ];
  return actions.filter(([, can]) => can).map(([action]) => action);
}
