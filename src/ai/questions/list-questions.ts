import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, emptySql, isUuid, sql } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { QuestionStatus } from '../enums.js';
import { QuestionConnection, type QuestionRow, UnansweredQuestionType } from './question.type.js';

type Cursor = readonly [asked: number, id: string];

/** The open questions, those that were asked most often first. */
@Injectable()
export class ListQuestions {
  constructor(private readonly workspaces: Workspaces) {}

  async run(
    actor: MemberActor,
    first: number | null | undefined,
    after: string | null | undefined,
  ): Promise<QuestionConnection> {
    const size = pageSize(first, 25);
    const cursor = decodeCursor(
      after,
      (values): values is Cursor => values.length === 2 && Number.isInteger(values[0]) && isUuid(values[1]),
    );
    const rows = await this.workspaces.read(actor.workspaceId, (tx) => openQuestions(tx, cursor, size + 1));
    const { nodes, pageInfo } = pageOf(rows, size, (row) => encodeCursor(row.asked, row.id));
    return Object.assign(new QuestionConnection(), {
      nodes: nodes.map((row) => UnansweredQuestionType.from(row)),
      pageInfo,
    });
  }
}

function openQuestions(tx: WorkspaceTransaction, cursor: Cursor | null, limit: number): Promise<QuestionRow[]> {
  return tx.query<QuestionRow>(sql`
    select q.id, n.asked, n."lastAskedAt", last.text as question,
           array(select o.conversation_id from question_askings o
                  where o.workspace_id = q.workspace_id and o.question_id = q.id order by o.id desc limit 5) as "conversationIds"
      from unanswered_questions q
      join lateral (
        select count(*)::int as asked, max(a.asked_at) as "lastAskedAt" from question_askings a
         where a.workspace_id = q.workspace_id and a.question_id = q.id) n on n.asked > 0
      join lateral (
        select a.text from question_askings a
         where a.workspace_id = q.workspace_id and a.question_id = q.id order by a.id desc limit 1) last on true
     where q.workspace_id = ${tx.workspaceId} and q.status = ${QuestionStatus.OPEN}
       ${cursor === null ? emptySql : sql`and (n.asked, q.id) < (${cursor[0]}::int, ${cursor[1]}::uuid)`}
     order by n.asked desc, q.id desc limit ${limit}`);
}
