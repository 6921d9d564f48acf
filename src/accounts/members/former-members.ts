import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import type { Secrets } from '../../platform/secrets/index.js';

/** A member of a workspace that came from elsewhere. */
interface FormerMember {
  readonly id: string;
  readonly email: string;
}

/**
 * Participant. Notes by which address those who worked in a workspace before it came here would be known, should somebody
 * invite them: as a keyed digest, for nobody here has to do with them until then.
 */
export async function noteFormerMembers(
  tx: WorkspaceTransaction,
  secrets: Secrets,
  members: readonly FormerMember[],
): Promise<void> {
  const digests = members.map(({ email }) => digestsOf(tx, secrets, email)[0]);
  await tx.execute(sql`
    update members m set former_address = f.digest
      from unnest(${members.map(({ id }) => id)}::uuid[], ${digests}::bytea[]) as f (id, digest)
     where m.workspace_id = ${tx.workspaceId} and m.id = f.id and m.user_id is null`);
}

/** Participant. The membership that somebody had before the workspace came here; null where they had none, or have it again. */
export async function findFormerMember(
  tx: WorkspaceTransaction,
  secrets: Secrets,
  email: string,
): Promise<string | null> {
  const row = await tx.first<{ id: string }>(sql`
    select id from members
     where workspace_id = ${tx.workspaceId} and user_id is null and former_address = any (${digestsOf(tx, secrets, email)}::bytea[])
     order by members.id limit 1 for update`);
  return row?.id ?? null;
}

function digestsOf(tx: WorkspaceTransaction, secrets: Secrets, email: string): Buffer[] {
  return secrets.digests('former member', tx.workspaceId, email.toLowerCase());
}
