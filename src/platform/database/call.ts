import type { Sql } from './sql.js';

/**
 * A function of the database that takes part in a transaction, and what follows from it. A transaction that is nothing
 * but calls travels as one statement (`Workspaces.call`).
 */
export interface Call {
  /** `some_function(${value})`. */
  readonly invoke: Sql;
  /** For after the commit, with what the function gave: hints only. */
  readonly afterCommit?: (result: unknown) => void;
}
