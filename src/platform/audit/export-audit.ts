import { Injectable } from '@nestjs/common';
import { Workspaces, sql } from '../database/index.js';
import { type AuditRow, AuditEntryType } from './audit-entry.type.js';

const page = 500;

/** The whole audit log of a workspace, the oldest first: one JSON text a line, its place in the chain with it. */
@Injectable()
export class ExportAudit {
  constructor(private readonly workspaces: Workspaces) {}

  /** Reads page by page, so that a log of any length takes the memory of one. */
  async *lines(workspaceId: string): AsyncGenerator<string> {
    let after = '0';
    for (;;) {
      const rows = await this.workspaces.read(workspaceId, (tx) =>
        tx.query<AuditRow>(sql`
          select id, seq::text, at, actor, action, target, ip, detail, hash from audit_entries
           where workspace_id = ${workspaceId} and seq > ${after}::bigint order by audit_entries.seq limit ${page}`),
      );
      for (const row of rows) yield `${JSON.stringify({ seq: row.seq, ...AuditEntryType.from(row) })}\n`;
      const last = rows.at(-1);
      if (last === undefined || rows.length < page) return;
      after = last.seq;
    }
  }
}
