import { type Sql, type WorkspaceTransaction, sql } from '../../../platform/database/index.js';

/** What a field holds. A date is a text such as 2026-05-31, a choice one of the field's texts. */
export enum ContactFieldKind {
  TEXT = 'TEXT',
  NUMBER = 'NUMBER',
  DATE = 'DATE',
  CHOICE = 'CHOICE',
  YES_NO = 'YES_NO',
}

/** A field as its table holds it. */
export interface ContactFieldRow {
  readonly id: string;
  /** Under what its values stand; never changes. */
  readonly key: string;
  readonly name: string;
  readonly kind: ContactFieldKind;
  readonly choices: readonly string[];
  /** Since when its values are being taken from all contacts; nobody can see or set them any more. */
  readonly removedAt: Date | null;
}

/** What a statement over `contact_fields f` selects to give ContactFieldRows. */
export const fieldColumns: Sql = sql`f.id, f.key, f.name, f.kind, f.choices, f.removed_at as "removedAt"`;

/** Participant. The fields of a workspace by name, those that are being removed too. There are few. */
export function readFields(tx: WorkspaceTransaction): Promise<ContactFieldRow[]> {
  return tx.query<ContactFieldRow>(sql`
    select ${fieldColumns} from contact_fields f where f.workspace_id = ${tx.workspaceId} order by lower(f.name), f.id`);
}
