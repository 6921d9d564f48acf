import { type Sql, sql } from '../../platform/database/index.js';
import type { LeadActivityKind } from '../enums.js';

/** Something that happened with a lead, as its table holds it. */
export interface ActivityRow {
  readonly id: string;
  readonly leadId: string;
  readonly kind: LeadActivityKind;
  readonly at: Date;
  readonly memberId: string | null;
  readonly aboutId: string | null;
  readonly value: string | null;
  readonly text: string | null;
}

/** What a statement over `lead_activities a` selects to give ActivityRows. */
export const activityColumns: Sql = sql`
  a.id, a.lead_id as "leadId", a.kind, a.at, a.member_id as "memberId", a.about_id as "aboutId", a.value, a.text`;
