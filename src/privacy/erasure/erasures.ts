import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import type { Subject, SubjectScope, Traces } from '../../platform/personal-data/index.js';
import { Secrets } from '../../platform/secrets/index.js';

/** Rows by what they were, and how many. */
export type Counts = Readonly<Record<string, number>>;

/** An erasure as anybody may see it: counts and times, nothing of whom. */
export interface Erasure {
  readonly id: string;
  readonly scope: SubjectScope;
  readonly requestId: string | null;
  readonly cause: string;
  readonly erased: Counts;
  readonly tombstones: number;
  readonly begunAt: Date;
  /** Set while a legal hold stops it. */
  readonly heldAt: Date | null;
  readonly completedAt: Date | null;
}

/** An erasure that goes on, held by the transaction. */
export interface OpenErasure extends Erasure {
  readonly subject: Subject;
  /** Files whose rows are gone and whose bytes are not. */
  readonly files: readonly string[];
}

interface OpenRow extends Erasure {
  readonly subject: Omit<Subject, 'traces'>;
  readonly traces: Buffer;
  readonly files: readonly string[];
}

const columns = sql`
  id, scope, request_id as "requestId", cause, erased, tombstones, begun_at as "begunAt", held_at as "heldAt",
  completed_at as "completedAt"`;

/** The erasures of a workspace. Whom one is about is known while it goes on, and forgotten when it is done. */
@Injectable()
export class Erasures {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly secrets: Secrets,
  ) {}

  /** One of them, or null. */
  byId(workspaceId: string, id: string): Promise<Erasure | null> {
    return this.workspaces.read(workspaceId, (tx) =>
      tx.first<Erasure>(sql`select ${columns} from erasures where workspace_id = ${workspaceId} and id = ${id}`),
    );
  }

  /** Participant. Writes one down before anything of it goes. */
  async add(
    tx: WorkspaceTransaction,
    id: string,
    subject: Subject,
    cause: { readonly requestId: string | null; readonly by: string },
    tombstones: number,
  ): Promise<void> {
    const { traces, ...ids } = subject;
    const sealed = await this.secrets.encrypt(tx, placeOf(id), JSON.stringify(traces ?? null));
    await tx.execute(sql`
      insert into erasures (workspace_id, id, scope, subject, traces, request_id, cause, tombstones)
      values (${tx.workspaceId}, ${id}, ${subject.scope}, ${JSON.stringify(ids)}::jsonb, ${sealed}, ${cause.requestId}, ${cause.by},
              ${tombstones})`);
  }

  /** Participant. One that goes on, locked; null where it is done or was never begun. */
  async lock(tx: WorkspaceTransaction, id: string): Promise<OpenErasure | null> {
    const row = await tx.first<OpenRow>(sql`
      select ${columns}, subject, traces, files from erasures
       where workspace_id = ${tx.workspaceId} and id = ${id} and completed_at is null for update`);
    if (row === null) return null;
    const traces = JSON.parse(await this.secrets.decrypt(tx, placeOf(id), row.traces)) as Traces | null;
    return { ...row, subject: { ...row.subject, ...(traces !== null && { traces }) } };
  }

  /** Participant. Whom its next step is about. */
  async about(tx: WorkspaceTransaction, id: string, { traces: _traces, ...ids }: Subject): Promise<void> {
    await tx.execute(sql`
      update erasures set subject = ${JSON.stringify(ids)}::jsonb where workspace_id = ${tx.workspaceId} and id = ${id}`);
  }

  /** Participant. Adds what a step did, in the transaction of that step. */
  async count(tx: WorkspaceTransaction, id: string, erased: Counts, files: readonly string[]): Promise<void> {
    await tx.execute(sql`
      update erasures set files = files || ${files}::uuid[],
        erased = (select coalesce(jsonb_object_agg(what, number), '{}') from (
                    select key as what, sum(value::int) as number
                      from (select * from jsonb_each_text(erased) union all select * from jsonb_each_text(${JSON.stringify(erased)}::jsonb)) both_counts
                     group by key) summed)
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
  }

  /** Participant. The bytes of these files are gone. */
  async forgetFiles(tx: WorkspaceTransaction, id: string, files: readonly string[]): Promise<void> {
    await tx.execute(sql`
      update erasures set files = array(select unnest(files) except select unnest(${files}::uuid[]))
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
  }

  /** Participant. A legal hold stops it, or does no longer. */
  async hold(tx: WorkspaceTransaction, id: string, held: boolean): Promise<void> {
    await tx.execute(sql`
      update erasures set held_at = case when ${held} then coalesce(held_at, now()) end
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
  }

  /** Participant. It is done, and whom it was about is forgotten. */
  async complete(tx: WorkspaceTransaction, id: string, at: Date): Promise<void> {
    await tx.execute(sql`
      update erasures set completed_at = ${at}, subject = null, traces = null, files = '{}', held_at = null
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
  }
}

function placeOf(id: string) {
  return { table: 'erasures', column: 'traces', row: id };
}
