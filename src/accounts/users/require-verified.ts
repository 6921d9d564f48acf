import { type SystemTransaction, type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';

/**
 * Refuses a person who has not shown that their address is theirs. Takes part in the transaction of what reaches others
 * in their name: inviting, sending mail, buying. Everything else they may do before.
 */
export async function requireVerified(tx: WorkspaceTransaction | SystemTransaction, userId: string): Promise<void> {
  const verified = await tx.first(
    sql`select from users where id = ${userId} and email_verified_at is not null for share`,
  );
  if (verified !== null) return;
  throw new DomainError(
    ErrorCode.EMAIL_NOT_VERIFIED,
    'Confirm your e-mail address first: open the link in the mail that we sent you, or ask for another one.',
  );
}
