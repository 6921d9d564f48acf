import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../access/index.js';
import { Workspaces, emptySql, sql } from '../database/index.js';
import { decodeCursor, encodeCursor, pageOf, pageSize } from '../graphql/index.js';
import { AuditConnectionType, AuditEntryType, type AuditRow } from './audit-entry.type.js';

interface Asked {
  readonly first: number | null | undefined;
  readonly after: string | null | undefined;
  readonly action: string | null | undefined;
}

/** The audit log of a workspace, the newest first, of one action or of all that was done to one kind of thing. */
@Injectable()
export class ListAudit {
  constructor(private readonly workspaces: Workspaces) {}

  async run({ workspaceId }: MemberActor, { first, after, action }: Asked): Promise<AuditConnectionType> {
    const size = pageSize(first, 50);
    const cursor = decodeCursor(after, isPlace);
    const rows = await this.workspaces.read(workspaceId, (tx) =>
      tx.query<AuditRow>(sql`
        select id, seq::text, at, actor, action, target, ip, detail, hash from audit_entries
         where workspace_id = ${workspaceId}
           ${cursor === null ? emptySql : sql`and seq < ${cursor[0]}::bigint`}
           ${action === null || action === undefined ? emptySql : sql`and (action = ${clean(action)} or starts_with(action, ${`${clean(action)}.`}))`}
         order by audit_entries.seq desc limit ${size + 1}`),
    );
    const { nodes, pageInfo } = pageOf(rows, size, ({ seq }) => encodeCursor(seq));
    return Object.assign(new AuditConnectionType(), { nodes: nodes.map((row) => AuditEntryType.from(row)), pageInfo });
  }
}

function isPlace(values: readonly unknown[]): values is readonly [string] {
  return values.length === 1 && typeof values[0] === 'string' && /^\d{1,18}$/.test(values[0]);
}

const clean = (action: string) => action.replaceAll('\u0000', '').toWellFormed();
