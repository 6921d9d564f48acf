import type { ImportReading } from './reading.js';

/** What a person wants of a file: how it is read, and what its columns become. */
export interface ImportPlan extends ImportReading {
  readonly fileId: string;
  /** By the name of the column, in the words of a mapping; columns that are not named become what the server proposes. */
  readonly targets: Readonly<Record<string, string>>;
}

/**
 * The plan that a visit of a page began with. It stands in the browser's history, so that it survives a reload and is not in the
 * address: the names of columns may tell of people.
 */
export function readPlan(state: unknown): ImportPlan | null {
  if (typeof state !== 'object' || state === null || !('importPlan' in state)) return null;
  return (state as { importPlan: ImportPlan }).importPlan;
}

/** The same, to be given along on the way to a page. */
export function withPlan(plan: ImportPlan): { importPlan: ImportPlan } {
  return { importPlan: plan };
}
