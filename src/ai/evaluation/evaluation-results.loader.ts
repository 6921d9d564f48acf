import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { RowLoader } from '../../platform/graphql/index.js';
import { type ResultRow, resultColumns } from './evaluation.row.js';

/** The cases of evaluations in their order, by the evaluation's id. */
@Injectable()
export class EvaluationResultsLoader extends RowLoader<readonly ResultRow[]> {
  protected override async batch(
    tx: WorkspaceTransaction,
    keys: readonly string[],
  ): Promise<Map<string, readonly ResultRow[]>> {
    const rows = await tx.query<ResultRow>(sql`
      select ${resultColumns} from evaluation_results r
       where r.workspace_id = ${tx.workspaceId} and r.evaluation_id = any (${keys}::uuid[]) order by r.evaluation_id, r.position`);
    return Map.groupBy(rows, (row) => row.evaluationId);
  }
}
