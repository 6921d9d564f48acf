import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { RowLoader } from '../../platform/graphql/index.js';
import type { SetCaseRow } from './evaluation-set.type.js';

/** The cases of sets, by the set's id, the oldest first. */
@Injectable()
export class SetCasesLoader extends RowLoader<readonly SetCaseRow[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, readonly SetCaseRow[]>> {
    const rows = await tx.query<SetCaseRow>(sql`
      select c.id, c.set_id as "setId", c.question, c.expected, c.knowledge_id as "knowledgeId", c.conversation_id as "conversationId"
        from evaluation_cases c where c.workspace_id = ${tx.workspaceId} and c.set_id = any (${keys}::uuid[]) order by c.set_id, c.id`);
    return Map.groupBy(rows, (row) => row.setId);
  }
}
