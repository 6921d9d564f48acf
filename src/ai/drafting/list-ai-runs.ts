import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type Sql, Workspaces, isUuid, joinSql, sql } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { type AiRunRow, aiRunColumns } from './ai-run.row.js';
import { AiRunConnection, AiRunType } from './ai-run.type.js';

/** Which runs. */
export interface RunsAsked {
  readonly conversationId: string | null | undefined;
  readonly contactId: string | null | undefined;
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
}

/** The record of what machines did, the newest first. */
@Injectable()
export class ListAiRuns {
  constructor(private readonly workspaces: Workspaces) {}

  async run(actor: MemberActor, { conversationId, contactId, first, after }: RunsAsked): Promise<AiRunConnection> {
    const size = pageSize(first, 25);
    const cursor = decodeCursor(
      after,
      (values): values is readonly [string] => values.length === 1 && isUuid(values[0]),
    );
    const known = [conversationId, contactId].every((id) => id == null || isUuid(id));
    const rows = known
      ? await this.workspaces.read(actor.workspaceId, (tx) => {
          const conditions: Sql[] = [sql`r.workspace_id = ${tx.workspaceId}`];
          if (conversationId != null) conditions.push(sql`r.conversation_id = ${conversationId}`);
          if (contactId != null) {
            conditions.push(
              sql`(r.conversation_id in (select c.id from conversations c where c.workspace_id = ${tx.workspaceId} and c.contact_id = ${contactId})
                or r.lead_id in (select l.id from leads l where l.workspace_id = ${tx.workspaceId} and l.contact_id = ${contactId}))`,
            );
          }
          if (cursor !== null) conditions.push(sql`r.id < ${cursor[0]}`);
          return tx.query<AiRunRow>(
            sql`select ${aiRunColumns} from ai_runs r where ${joinSql(conditions, ' and ')} order by r.id desc limit ${size + 1}`,
          );
        })
      : [];
    const { nodes, pageInfo } = pageOf(rows, size, (row) => encodeCursor(row.id));
    return Object.assign(new AiRunConnection(), { nodes: nodes.map((row) => AiRunType.from(row)), pageInfo });
  }
}
