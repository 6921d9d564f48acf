import { type WorkspaceTransaction, newId, sql } from '../platform/database/index.js';

/** Why a token was opened; the names of the contract's enum. */
export type TokenPurpose = 'VERIFY' | 'PULL' | 'SEND' | 'RENEW' | 'SUBSCRIBE' | 'REVOKE';

/** One opening of a channel's token: why, towards which host, and what caused it (`message 0190...`, `member 0190...`). */
export interface TokenUseRecord {
  readonly channelId: string;
  readonly purpose: TokenPurpose;
  readonly host: string;
  readonly cause: string;
}

/**
 * Writes down that a token is used; in the same transaction that reads it, and before it, so that no use goes unrecorded.
 * One that nothing caused is refused, here and by the database.
 */
export async function recordTokenUse(tx: WorkspaceTransaction, use: TokenUseRecord): Promise<void> {
  if (use.cause.trim() === '' || use.host.trim() === '')
    throw new Error('A token is opened for a cause and towards a host, or not at all.');
  await tx.execute(sql`
    insert into token_uses (workspace_id, id, channel_id, purpose, host, cause)
    values (${tx.workspaceId}, ${newId()}, ${use.channelId}, ${use.purpose}, ${use.host}, ${use.cause})`);
}

/** Participant. Of those caused by what is being erased, it stays that they were, and not by which. Gives how many. */
export async function forgetCauses(tx: WorkspaceTransaction, ids: readonly string[]): Promise<number> {
  return tx.execute(sql`
    update token_uses set cause = left(cause, -36) || 'that was erased'
     where workspace_id = ${tx.workspaceId} and right(cause, 36) = any (${ids}::text[])`);
}
