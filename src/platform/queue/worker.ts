/** One run of a job: which row, and a signal that fires when the lease is about to end or the process stops. */
export interface Job {
  readonly kind: string;
  readonly workspaceId: string;
  readonly rowId: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly signal: AbortSignal;
}

/**
 * What a worker may say instead of "done": run again, at a time that the database gave, or after so many seconds. A time
 * made from this process's own clock would be wrong by as much as that clock is.
 */
export type Again = { readonly againAt: Date } | { readonly afterSeconds: number };

/** How one kind of job is worked on. */
export interface Worker {
  /** The job's name, imperative: `deliver-messages`. It is the name of the Bull queue too. */
  readonly kind: string;
  /** How many run at once in one process. */
  readonly concurrency: number;
  /** Seconds that one run may take; then its signal fires, and another process may take the job over. */
  readonly maxSeconds: number;
  /** A run waits for something to come more than it works: its signal fires at once when the process stops. */
  readonly yields?: boolean;
  /**
   * Runs the job. It may run more than once for one row, never at the same time twice, and must find out from the rows
   * what is still to do. A throw means "try again later"; after five the job is set aside and shown.
   */
  run(job: Job): Promise<Again | undefined>;
}

/** Seconds to wait after the n-th failure. */
export function backoffSeconds(attempt: number): number {
  return Math.min(600, 5 * 4 ** (attempt - 1));
}

/** Tries before a job is set aside. */
export const maxAttempts = 5;
