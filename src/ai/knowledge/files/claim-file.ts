import type { MemberActor } from '../../../platform/access/index.js';
import { type WorkspaceTransaction, isUuid, sql } from '../../../platform/database/index.js';
import { badInput } from '../../../platform/errors/index.js';

/** The digest of a file that the member uploaded; held, so that it is not removed in between. */
export async function claimFile(
  tx: WorkspaceTransaction,
  actor: MemberActor,
  fileId: string | null | undefined,
): Promise<Buffer> {
  const file = isUuid(fileId)
    ? await tx.first<{ sha256: Buffer }>(sql`
        select sha256 from files where workspace_id = ${tx.workspaceId} and id = ${fileId} and member_id = ${actor.memberId} for key share`)
    : null;
  if (file === null) throw badInput('fileId', 'A file was not found. Upload it again.', 'FILE_GONE');
  return file.sha256;
}
