import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../../platform/graphql/index.js';
import { type MessageRow, messageColumns } from '../message.row.js';
import { textQuery } from '../text-query.js';

/** The messages that hold the words, newest first. Those of spam are left out, so a page may be short of what was asked. */
@Injectable()
export class SearchMessages {
  constructor(private readonly workspaces: Workspaces) {}

  async run(member: MemberActor, typed: string, first: number | null | undefined, after: string | null | undefined) {
    const size = pageSize(first, 25);
    const before = decodeCursor(after, (values): values is [string] => values.length === 1 && isUuid(values[0]));
    const query = textQuery(typed);
    if (query === null) return pageOf<MessageRow>([], size, (row) => row.id);
    return this.workspaces.read(member.workspaceId, async (tx) => {
      const found = await tx.query<{ id: string }>(sql`
        select found.id from search_messages(${query}, ${before?.[0] ?? null}, ${size + 1}) as found (id) order by found.id desc`);
      const page = pageOf(found, size, (row) => encodeCursor(row.id));
      const nodes = await tx.query<MessageRow>(sql`
        select ${messageColumns} from messages m
         where m.workspace_id = ${tx.workspaceId} and m.id = any (${page.nodes.map(({ id }) => id)}::uuid[])
           and not exists (select from conversations c
                            where c.workspace_id = ${tx.workspaceId} and c.id = m.conversation_id and c.spam)
         order by m.id desc`);
      return { nodes, pageInfo: page.pageInfo };
    });
  }
}
