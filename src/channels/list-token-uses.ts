import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../platform/access/index.js';
import { Workspaces, emptySql, isUuid, sql } from '../platform/database/index.js';
import { notFound } from '../platform/errors/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../platform/graphql/index.js';
import { TokenUse, TokenUseConnection } from './token-use.type.js';

/** When and why a channel's token was opened, the latest first. */
@Injectable()
export class ListTokenUses {
  constructor(private readonly workspaces: Workspaces) {}

  async run(
    actor: MemberActor,
    channelId: string,
    first: number | null | undefined,
    after: string | null | undefined,
  ): Promise<TokenUseConnection> {
    const size = pageSize(first, 50);
    const cursor = decodeCursor(after, (values): values is [string] => values.length === 1 && isUuid(values[0]));
    if (!isUuid(channelId)) throw notFound('Channel');
    return this.workspaces.read(actor.workspaceId, async (tx) => {
      const channel = await tx.first(
        sql`select id from channels where workspace_id = ${tx.workspaceId} and id = ${channelId}`,
      );
      if (channel === null) throw notFound('Channel');
      const rows = await tx.query<TokenUse>(sql`
        select id, at, purpose, host, cause from token_uses
         where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} ${cursor === null ? emptySql : sql`and id < ${cursor[0]}`}
         order by id desc limit ${size + 1}`);
      return pageOf(rows, size, (row) => encodeCursor(row.id));
    });
  }
}
