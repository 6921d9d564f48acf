import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  SystemDatabase,
  type SystemTransaction,
  type WorkspaceTransaction,
  newId,
  sql,
} from '../../platform/database/index.js';
import { type SecretPlace, Secrets } from '../../platform/secrets/index.js';

/** The record of a deletion. It stays when the workspace is gone, and says nothing of what was in it but how much. */
export interface Deletion {
  readonly id: string;
  readonly workspaceId: string;
  /** What whoever asked can follow it by, signed out too. */
  readonly code: string;
  readonly requestedAt: Date;
  /** Rows erased so far, by table. */
  readonly erased: Readonly<Record<string, number>>;
  readonly completedAt: Date | null;
}

/** Somebody who owned a workspace that was deleted. */
interface FormerOwner {
  readonly email: string;
  readonly locale: string;
}

const columns = sql`id, workspace_id as "workspaceId", code, requested_at as "requestedAt", erased, completed_at as "completedAt"`;

/** The records of workspaces that were deleted. */
@Injectable()
export class WorkspaceDeletions {
  constructor(
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
  ) {}

  /** Records that the transaction's workspace is deleted from now on. */
  async open(tx: WorkspaceTransaction): Promise<Deletion> {
    const [deletion] = await tx.query<Deletion>(sql`
      insert into workspace_deletions (id, workspace_id, code)
      values (${newId()}, ${tx.workspaceId}, ${randomBytes(16).toString('base64url')}) returning ${columns}`);
    if (deletion === undefined) throw new Error('The record of a deletion was not written.');
    return deletion;
  }

  /** Keeps who is told when the last row is gone. Nobody belongs to the workspace then. */
  async keepOwners(tx: WorkspaceTransaction, id: string, owners: readonly FormerOwner[]): Promise<void> {
    const sealed = this.secrets.encryptForInstance(placeOf(id), JSON.stringify(owners));
    await tx.execute(sql`update workspace_deletions set owners = ${sealed} where id = ${id}`);
  }

  /** Participant. Who is to be told now; each is given once, and forgotten. */
  async takeOwners(tx: SystemTransaction, id: string): Promise<readonly FormerOwner[]> {
    const row = await tx.first<{ owners: Buffer | null }>(
      sql`select owners from workspace_deletions where id = ${id} for update`,
    );
    if (row === null || row.owners === null) return [];
    await tx.execute(sql`update workspace_deletions set owners = null where id = ${id}`);
    return JSON.parse(this.secrets.decryptForInstance(placeOf(id), row.owners)) as readonly FormerOwner[];
  }

  async byId(id: string): Promise<Deletion | null> {
    return this.system.first<Deletion>(sql`select ${columns} from workspace_deletions where id = ${id}`);
  }

  async byCode(code: string): Promise<Deletion | null> {
    return this.system.first<Deletion>(sql`select ${columns} from workspace_deletions where code = ${code}`);
  }

  /** Adds to what was erased, with the rows themselves. */
  async count(tx: WorkspaceTransaction, table: string, rows: number): Promise<void> {
    await tx.execute(sql`
      update workspace_deletions
         set erased = jsonb_set(erased, ${[table]}, to_jsonb(coalesce((erased->>${table})::bigint, 0) + ${rows}::bigint))
       where workspace_id = ${tx.workspaceId}`);
  }

  async complete(tx: WorkspaceTransaction): Promise<void> {
    await tx.execute(
      sql`update workspace_deletions set completed_at = now() where workspace_id = ${tx.workspaceId} and completed_at is null`,
    );
  }
}

function placeOf(row: string): SecretPlace {
  return { table: 'workspace_deletions', column: 'owners', row };
}
