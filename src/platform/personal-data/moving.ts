import type { Sql } from '../database/index.js';

/** How the rows of a table travel when their workspace moves to another deployment. Expressions are over the row `r`. */
export interface CarriedTable {
  /** The columns that are written out and taken in, with spaces between them. A file that holds another is refused. */
  readonly carried: string;
  /** Columns that stay behind, each with the reason. Those that are computed need no word. */
  readonly left?: Readonly<Record<string, string>>;
  /** What is written out in place of what the column holds. */
  readonly leaves?: Readonly<Record<string, Sql>>;
  /** Written out beside the columns, for who reads the file; never taken in. */
  readonly beside?: Readonly<Record<string, Sql>>;
  /** What a column is given on arrival, whatever the file says. */
  readonly arrives?: Readonly<Record<string, Sql>>;
  /** Rows for which this does not hold are left out on arrival. */
  readonly onlyWhere?: Sql;
  /**
   * Columns that are encrypted under the workspace's key for the row `id`, and are no secrets: written out open, closed again
   * on arrival. What arrives goes through the function.
   */
  readonly sealed?: Readonly<Record<string, (text: string) => string>>;
  /** Columns that are taken in once all rows are there: references within the table, and what a trigger would change. */
  readonly later?: readonly string[];
  /** The columns that tell rows apart, where that is not `id`; needed for what is taken in later. */
  readonly order?: string;
  /** Whether it is written as a table for people too. */
  readonly forPeople?: true;
  /** What else is done once all rows of all tables are in. */
  readonly afterwards?: Sql;
}

/** A table of which nothing travels, and why. */
export interface LeftTable {
  readonly stays: string;
}

/** How the tables of a module travel. Every table with rows of workspaces has its word here, or the suite fails. */
export type Moving = Readonly<Record<string, CarriedTable | LeftTable>>;
