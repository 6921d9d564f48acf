import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, emptySql, isUuid, sql } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { KnowledgeConnection, KnowledgeSourceType } from './knowledge-source.type.js';
import { type KnowledgeRow, knowledgeColumns } from './knowledge.row.js';

/** The knowledge of a workspace, the newest first. */
@Injectable()
export class ListKnowledge {
  constructor(private readonly workspaces: Workspaces) {}

  async run(
    actor: MemberActor,
    first: number | null | undefined,
    after: string | null | undefined,
  ): Promise<KnowledgeConnection> {
    const size = pageSize(first, 50);
    const cursor = decodeCursor(
      after,
      (values): values is readonly [string] => values.length === 1 && isUuid(values[0]),
    );
    const rows = await this.workspaces.read(actor.workspaceId, (tx) =>
      tx.query<KnowledgeRow>(sql`
        select ${knowledgeColumns} from knowledge_sources k
         where k.workspace_id = ${tx.workspaceId} ${cursor === null ? emptySql : sql`and k.id < ${cursor[0]}`}
         order by k.id desc limit ${size + 1}`),
    );
    const { nodes, pageInfo } = pageOf(rows, size, (row) => encodeCursor(row.id));
    return Object.assign(new KnowledgeConnection(), {
      nodes: nodes.map((row) => KnowledgeSourceType.from(row)),
      pageInfo,
    });
  }
}
