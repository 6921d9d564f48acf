import type { PrivacyPartsFragment } from '../../api/documents.js';
import { isOpen } from './queue-filter.js';
import { readNote } from './step-words.js';

export type RequestAction = 'match' | 'verify' | 'askProof' | 'extend' | 'reject';

const longestDays = 90;
const day = 86_400_000;

type Actable = Pick<PrivacyPartsFragment, 'status' | 'kind' | 'history' | 'receivedAt' | 'dueAt' | 'extendedUntil'>;

/** No law allows longer than this. */
export function latestDate({ receivedAt }: Pick<Actable, 'receivedAt'>): Date {
  return new Date(Date.parse(receivedAt) + longestDays * day);
}

const turns: readonly string[] = ['toFind', 'erasing', 'copying'];

/** Whether the server is at it by itself: it erases, or makes a copy. Of whom it erases there is no contact any more. */
export function isWorkedOn({ status, history }: Pick<Actable, 'status' | 'history'>): boolean {
  const said = history.flatMap(({ note }) => (note === null ? [] : readNote(note).said));
  const turn = said.findLast((name) => turns.includes(name));
  return status === 'IN_PROGRESS' && (turn === 'erasing' || turn === 'copying');
}

/** What a member can do with a request now: nothing once it is settled, or once the erasing began. */
export function possibleActions(request: Actable): readonly RequestAction[] {
  const { status, kind, dueAt, extendedUntil } = request;
  if (!isOpen(request)) return [];
  // What is being erased cannot be called back.
  if (kind === 'ERASE' && isWorkedOn(request)) return [];
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
