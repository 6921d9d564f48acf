import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, isUuid, sql } from '../../../platform/database/index.js';
import { RowLoader } from '../../../platform/graphql/index.js';

/** How many contacts have a value in a field, by the field's id. */
@Injectable()
export class FieldUseLoader extends RowLoader<number> {
  protected override async batch(tx: WorkspaceTransaction, keys: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.query<{ id: string; contacts: number }>(sql`
      select f.id, count(*)::int as contacts
        from contacts k join contact_fields f on f.workspace_id = k.workspace_id and jsonb_exists(k.custom_fields, f.key)
       where k.workspace_id = ${tx.workspaceId} and f.id = any (${keys.filter(isUuid)}::uuid[])
         and k.merged_into is null and k.custom_fields <> '{}'
       group by f.id`);
    return new Map(rows.map(({ id, contacts }) => [id, contacts]));
  }
}
