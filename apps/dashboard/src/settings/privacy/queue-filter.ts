import type { PrivacyRequestStatus, PrivacyRowFragment } from '../../api/documents.js';

const open: readonly PrivacyRequestStatus[] = ['RECEIVED', 'VERIFYING', 'IN_PROGRESS', 'ON_HOLD'];

/** What the list can be narrowed to, as it stands in the address. */
export const queueFilters = ['OPEN', ...open, 'COMPLETED', 'REJECTED', 'ALL'] as const;
export type QueueFilter = (typeof queueFilters)[number];

/** The filter that an address asks for; what it does not know is what waits. */
export function filterOf(asked: string | null): QueueFilter {
  return queueFilters.find((filter) => filter === asked) ?? 'OPEN';
}

/** The states that a filter shows; null: all of them. */
export function statesOf(filter: QueueFilter): PrivacyRequestStatus[] | null {
  if (filter === 'ALL') return null;
  return filter === 'OPEN' ? [...open] : [filter];
}

/** Whether it still waits for something. */
export function isOpen({ status }: Pick<PrivacyRowFragment, 'status'>): boolean {
  return open.includes(status);
}

/** Children's first, while they are open; the rest in the order in which it came. */
export function inOrder<Row extends Pick<PrivacyRowFragment, 'status' | 'minor'>>(rows: readonly Row[]): Row[] {
  const urgent = (row: Row) => (row.minor && isOpen(row) ? 0 : 1);
  return [...rows].sort((one, other) => urgent(one) - urgent(other));
}
