import { type Sql, sql } from '../../platform/database/index.js';

/** A legal hold as its table has it. */
export interface HoldRow {
  readonly id: string;
  /** Whose data it keeps; null: all of the workspace's. */
  readonly contactId: string | null;
  readonly reason: string;
  readonly placedAt: Date;
  readonly releasedAt: Date | null;
}

/** What a statement over `legal_holds` selects to give HoldRow. */
export const holdColumns: Sql = sql`id, contact_id as "contactId", reason, placed_at as "placedAt", released_at as "releasedAt"`;
