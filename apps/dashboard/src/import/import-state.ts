import type { ImportProgressFragment } from '../api/documents.js';

/** How an import stands, by the name of its words. */
export type ImportState = 'waiting' | 'trying' | 'importing' | 'tried' | 'imported' | 'cancelled' | 'stopped';

/** How an import stands: what was only tried is never said to be imported. */
export function importState(one: Pick<ImportProgressFragment, 'status' | 'dryRun' | 'stopped'>): ImportState {
  switch (one.status) {
    case 'QUEUED':
      return 'waiting';
    case 'RUNNING':
      return one.dryRun ? 'trying' : 'importing';
    case 'DONE':
      return one.dryRun ? 'tried' : 'imported';
    case 'FAILED':
      return one.stopped === 'CANCELLED' ? 'cancelled' : 'stopped';
  }
}
