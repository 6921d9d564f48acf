import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { RowLoader, byId } from '../../platform/graphql/index.js';
import { type KnowledgeRow, knowledgeColumns } from './knowledge.row.js';

/** Knowledge sources by id, for field resolvers. */
@Injectable()
export class KnowledgeLoader extends RowLoader<KnowledgeRow> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, KnowledgeRow>> {
    return byId(
      await tx.query<KnowledgeRow>(sql`
        select ${knowledgeColumns} from knowledge_sources k where k.workspace_id = ${tx.workspaceId} and k.id = any (${keys}::uuid[])`),
    );
  }
}
