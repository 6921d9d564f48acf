import { Injectable } from '@nestjs/common';
import type { PageLanguage } from '../../accounts/index.js';
import { type Sql, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { Subject } from '../../platform/personal-data/index.js';

/** What a person is given, as its table holds it. */
export interface SubjectExport {
  readonly id: string;
  /** The request that it answers; null where nobody asked by a request. */
  readonly requestId: string | null;
  /** Whose it is, by ids alone. */
  readonly subject: Subject;
  readonly language: PageLanguage;
  readonly state: 'WAITING' | 'READY';
  /** Bytes; null until it is made. */
  readonly size: number | null;
  readonly createdAt: Date;
  /** Until when it can be fetched; null until it is made. */
  readonly expiresAt: Date | null;
  /** Whether that is over, by the database's clock. */
  readonly expired: boolean;
}

const columns: Sql = sql`
  e.id, e.request_id as "requestId", e.subject, e.language, e.state, e.size::float8 as size, e.created_at as "createdAt",
  e.expires_at as "expiresAt", coalesce(e.expires_at <= now(), false) as expired`;
/** Days for which it can be fetched. */
const keptDays = 7;

/** The rows of exports. Each method takes part in the transaction it is given. */
@Injectable()
export class SubjectExports {
  byId(tx: WorkspaceTransaction, id: string): Promise<SubjectExport | null> {
    return tx.first<SubjectExport>(
      sql`select ${columns} from subject_exports e where e.workspace_id = ${tx.workspaceId} and e.id = ${id}`,
    );
  }

  /** What answers a request: the newest, where it was made again. */
  byRequest(tx: WorkspaceTransaction, requestId: string): Promise<SubjectExport | null> {
    return tx.first<SubjectExport>(sql`
      select ${columns} from subject_exports e where e.workspace_id = ${tx.workspaceId} and e.request_id = ${requestId}
       order by e.id desc limit 1`);
  }

  async add(
    tx: WorkspaceTransaction,
    { id, requestId, subject, language }: Pick<SubjectExport, 'id' | 'requestId' | 'subject' | 'language'>,
  ): Promise<void> {
    // By ids alone: what somebody is called stands nowhere in this table.
    const { scope, contactIds, conversationIds, channelIds, memberIds } = subject;
    const ids: Subject = { scope, contactIds, conversationIds, channelIds, memberIds };
    await tx.execute(sql`
      insert into subject_exports (workspace_id, id, request_id, subject, language)
      values (${tx.workspaceId}, ${id}, ${requestId}, ${JSON.stringify(ids)}::jsonb, ${language})`);
  }

  /** It is made; gives until when it can be fetched, or null where it was taken back meanwhile. */
  async ready(
    tx: WorkspaceTransaction,
    id: string,
    { size, sha256 }: { readonly size: number; readonly sha256: Buffer },
  ): Promise<Date | null> {
    const row = await tx.first<{ expiresAt: Date }>(sql`
      update subject_exports set state = 'READY', size = ${size}, sha256 = ${sha256}, expires_at = now() + make_interval(days => ${keptDays})
       where workspace_id = ${tx.workspaceId} and id = ${id} and state = 'WAITING' returning expires_at as "expiresAt"`);
    return row?.expiresAt ?? null;
  }

  async remove(tx: WorkspaceTransaction, id: string): Promise<void> {
    await tx.execute(sql`delete from subject_exports where workspace_id = ${tx.workspaceId} and id = ${id}`);
  }

  /** Removes what any of a subject's ids stands in; gives what went, whose bytes are still there. */
  async removeOf(tx: WorkspaceTransaction, subject: Subject): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(sql`
      delete from subject_exports e
       where e.workspace_id = ${tx.workspaceId}
         and (e.subject->'contactIds' ?| ${subject.contactIds}::text[] or e.subject->'conversationIds' ?| ${subject.conversationIds}::text[]
              or e.subject->'memberIds' ?| ${subject.memberIds}::text[])
      returning e.id`);
    return rows.map(({ id }) => id);
  }
}
