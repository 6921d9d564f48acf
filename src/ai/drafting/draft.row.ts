import { type Sql, type WorkspaceTransaction, isUuid, sql } from '../../platform/database/index.js';
import type { DraftChange, DraftLanguage, DraftStatus } from '../enums.js';

/** A draft as its table holds it. */
export interface DraftRow {
  readonly id: string;
  /** What it is for: a conversation, or a lead. */
  readonly conversationId: string | null;
  readonly leadId: string | null;
  readonly runId: string | null;
  readonly text: string;
  readonly status: DraftStatus;
  readonly confidence: number | null;
  readonly createdAt: Date;
  /** What the member who asked for it wants of it. */
  readonly instruction: string | null;
  /** Where it is another draft in other words: how, into which language, and which draft. */
  readonly change: DraftChange | null;
  readonly language: DraftLanguage | null;
  readonly changesId: string | null;
}

/** What a statement over `drafts d` selects to give DraftRows. */
export const draftColumns: Sql = sql`
  d.id, d.conversation_id as "conversationId", d.lead_id as "leadId", d.run_id as "runId", d.text, d.status, d.confidence, d.created_at as "createdAt",
  d.instruction, d.change, d.language, d.changes_id as "changesId"`;

/** A draft by its id, or null. */
export async function draftById(tx: WorkspaceTransaction, id: string): Promise<DraftRow | null> {
  if (!isUuid(id)) return null;
  return tx.first<DraftRow>(
    sql`select ${draftColumns} from drafts d where d.workspace_id = ${tx.workspaceId} and d.id = ${id}`,
  );
}

/** The id of what a draft is for: of a conversation or of a lead, which never have the same. */
export function placeOf({ conversationId, leadId }: Pick<DraftRow, 'conversationId' | 'leadId'>): string {
  const place = conversationId ?? leadId;
  if (place === null) throw new Error('A draft is for a conversation or for a lead.');
  return place;
}

/** Until the end of the transaction nobody else changes which draft a conversation, or a lead, proposes. */
export async function holdDrafts(tx: WorkspaceTransaction, place: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`drafts ${tx.workspaceId} ${place}`}, 0))`);
}
