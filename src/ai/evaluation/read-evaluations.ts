import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, emptySql, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import {
  type EvaluationRow,
  type ResultRow,
  evaluationById,
  evaluationColumns,
  evaluationCounts,
  resultColumns,
} from './evaluation.row.js';
import { EvaluationComparison, EvaluationConnection, EvaluationResult, EvaluationType } from './evaluation.type.js';
import { isPassed } from './judge-answer.js';

/** Which evaluations. */
export interface EvaluationsAsked {
  readonly botId: string | null | undefined;
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
}

/** The evaluations of a workspace, and two of them side by side. */
@Injectable()
export class ReadEvaluations {
  constructor(private readonly workspaces: Workspaces) {}

  byId(actor: MemberActor, id: string): Promise<EvaluationRow | null> {
    return this.workspaces.read(actor.workspaceId, (tx) => evaluationById(tx, id));
  }

  async list(actor: MemberActor, { botId, first, after }: EvaluationsAsked): Promise<EvaluationConnection> {
    const size = pageSize(first, 25);
    const cursor = decodeCursor(
      after,
      (values): values is readonly [string] => values.length === 1 && isUuid(values[0]),
    );
    const rows =
      botId != null && !isUuid(botId)
        ? []
        : await this.workspaces.read(actor.workspaceId, (tx) =>
            tx.query<EvaluationRow>(sql`
              select ${evaluationColumns}
                from (select * from evaluations o where o.workspace_id = ${tx.workspaceId}
                         ${botId == null ? emptySql : sql`and o.bot_id = ${botId}`} ${cursor === null ? emptySql : sql`and o.id < ${cursor[0]}`}
                       order by o.id desc limit ${size + 1}) e ${evaluationCounts} order by e.id desc`),
          );
    const { nodes, pageInfo } = pageOf(rows, size, (row) => encodeCursor(row.id));
    return Object.assign(new EvaluationConnection(), { nodes: nodes.map((row) => EvaluationType.from(row)), pageInfo });
  }

  /** The same cases, as two evaluations answered them. */
  compare(actor: MemberActor, beforeId: string, afterId: string): Promise<EvaluationComparison> {
    return this.workspaces.read(actor.workspaceId, async (tx) => {
      const [before, after] = [await evaluationById(tx, beforeId), await evaluationById(tx, afterId)];
      if (before === null || after === null) throw notFound('The evaluation');
      const others = new Map((await judgedOf(tx, after.id)).map((row) => [keyOf(row), row]));
      const pairs = (await judgedOf(tx, before.id)).flatMap((row) => {
        const other = others.get(keyOf(row));
        return other === undefined ? [] : [{ before: row, after: other }];
      });
      const good = ({ verdict }: ResultRow): boolean => verdict !== null && isPassed(verdict);
      const shown = (some: typeof pairs) =>
        some.map((pair) => ({ before: EvaluationResult.from(pair.before), after: EvaluationResult.from(pair.after) }));
      return Object.assign(new EvaluationComparison(), {
        before: EvaluationType.from(before),
        after: EvaluationType.from(after),
        better: shown(pairs.filter((pair) => !good(pair.before) && good(pair.after))),
        worse: shown(pairs.filter((pair) => good(pair.before) && !good(pair.after))),
        alike: pairs.filter((pair) => good(pair.before) === good(pair.after)).length,
      });
    });
  }
}

function judgedOf(tx: WorkspaceTransaction, evaluationId: string): Promise<ResultRow[]> {
  return tx.query<ResultRow>(sql`
    select ${resultColumns} from evaluation_results r
     where r.workspace_id = ${tx.workspaceId} and r.evaluation_id = ${evaluationId} and r.verdict is not null order by r.position`);
}

function keyOf({ question, expected, knowledgeId }: ResultRow): string {
  return JSON.stringify([question, expected, knowledgeId]);
}
