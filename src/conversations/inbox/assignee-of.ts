import type { Members } from '../../accounts/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { badInput, notFound } from '../../platform/errors/index.js';

/** The id of the member who is to have a conversation; null for nobody. Throws for who cannot. `field` names the argument. */
export async function assigneeOf(
  tx: WorkspaceTransaction,
  members: Members,
  memberId: string | null | undefined,
  field: string,
): Promise<string | null> {
  if (memberId === null || memberId === undefined) return null;
  const [member] = await members.membersByIds(tx, [memberId]);
  if (member === undefined) throw notFound('Member');
  if (member.frozen)
    throw badInput(field, 'The seat of this member is paused; choose somebody else.', 'ASSIGNEE_PAUSED');
  return member.id;
}
