import { type WorkspaceTransaction, arrivalOf, isUuid, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode, notFound } from '../../platform/errors/index.js';

/** Among how many of the newest answers one that came meanwhile is looked for. */
const looked = 20;

/**
 * Refuses with CONFLICT where somebody else, or the AI, answered after the last message that the member saw. The
 * conversation has to be locked, so that nothing comes between this and what is stored then. What counts is when the
 * answer came here: one from a telephone may be older than the message seen, and was not there to be seen.
 */
export async function refuseAnsweredMeanwhile(
  tx: WorkspaceTransaction,
  conversationId: string,
  memberId: string,
  seenMessageId: string,
): Promise<void> {
  const seen = isUuid(seenMessageId)
    ? await tx.first<{ id: string; answers: readonly string[] }>(sql`
        select s.id, array(select m.id::text from messages m
                            where m.workspace_id = ${tx.workspaceId} and m.conversation_id = ${conversationId}
                              and m.direction = 'OUTBOUND' and m.author <> 'SYSTEM' and m.member_id is distinct from ${memberId}
                              and m.status <> 'CANCELED' and m.deleted_at is null
                            order by m.id desc limit ${looked}) as answers
          from messages s
         where s.workspace_id = ${tx.workspaceId} and s.conversation_id = ${conversationId} and s.id = ${seenMessageId}`)
    : null;
  if (seen === null) throw notFound('The message that was seen last');
  if (seen.answers.some((id) => cameAfter(id, seen.id)))
    throw new DomainError(
      ErrorCode.CONFLICT,
      'Somebody else has answered meanwhile. Read it, then send if it is still needed.',
      { reason: 'ANSWERED_MEANWHILE', field: 'seenMessageId' },
    );
}

function cameAfter(id: string, seen: string): boolean {
  const [came, since] = [arrivalOf(id), arrivalOf(seen)];
  return came === since ? id > seen : came > since;
}
