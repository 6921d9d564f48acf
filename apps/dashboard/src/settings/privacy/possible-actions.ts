import type { PrivacyPartsFragment } from '../../api/documents.js';
import { isOpen } from './queue-filter.js';
import { readNote } from './step-words.js';

export type RequestAction = 'match' | 'rectify' | 'verify' | 'askProof' | 'changeKind' | 'extend' | 'reject';

const longestDays = 90;
const day = 86_400_000;

type Actable = Pick<PrivacyPartsFragment, 'status' | 'kind' | 'history' | 'receivedAt' | 'dueAt' | 'extendedUntil'> & {
  readonly contacts: readonly unknown[];
};

/** No law allows longer than this. */
export function latestDate({ receivedAt }: Pick<Actable, 'receivedAt'>): Date {
  return new Date(Date.parse(receivedAt) + longestDays * day);
}

const turns: readonly string[] = ['toFind', 'erasing', 'copying'];

/** Whether the server is at it by itself: it erases, or makes a copy. Of whom it erases there is no contact any more. */
export function isWorkedOn({ status, history }: Pick<Actable, 'status' | 'history'>): boolean {
  const turn = saidOf(history).findLast((name) => turns.includes(name));
  return status === 'IN_PROGRESS' && (turn === 'erasing' || turn === 'copying');
}

function saidOf(history: Actable['history']): readonly string[] {
  return history.flatMap(({ note }) => (note === null ? [] : readNote(note).said));
}

/** Whether it may still take longer than it does. */
export function canExtend(request: Pick<Actable, 'receivedAt' | 'dueAt' | 'extendedUntil'>): boolean {
  return Date.parse(request.extendedUntil ?? request.dueAt) < latestDate(request).getTime();
}

/** Whether who asks has still to be shown. */
export function isUnproved({ status }: Pick<Actable, 'status'>): boolean {
  return status === 'RECEIVED' || status === 'VERIFYING';
}

/** What a member can do with a request now: nothing once it is settled, or once the erasing began. */
export function possibleActions(request: Actable): readonly RequestAction[] {
  const { status, kind, history, contacts } = request;
  if (!isOpen(request)) return [];
  // What is being erased cannot be called back.
  if (kind === 'ERASE' && isWorkedOn(request)) return [];
  const unproved = isUnproved(request);
  const hasBegun = saidOf(history).some((name) => name === 'erasing' || name === 'copying');
  const actions: readonly (readonly [RequestAction, boolean])[] = [
    ['match', status !== 'ON_HOLD'],
    ['rectify', kind === 'RECTIFY' && status === 'IN_PROGRESS' && contacts.length === 1],
    ['verify', unproved],
    ['askProof', unproved],
    ['changeKind', !hasBegun],
    ['extend', canExtend(request)],
    ['reject', true],
  ];
  return actions.filter(([, can]) => can).map(([action]) => action);
}
