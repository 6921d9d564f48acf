import { Injectable } from '@nestjs/common';
import {
  SystemDatabase,
  type SystemTransaction,
  type WorkspaceTransaction,
  sql,
} from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { isSessionToken, newSessionToken, tokenHash } from '../sessions/session-token.js';

/** What a link in a mail is good for, and for how many hours. */
export const linkHours = { 'verify-email': 24, 'reset-password': 1, 'change-email': 24 } as const;
export type LinkPurpose = keyof typeof linkHours;

/** Whom a link was made for, and the address that it went to. */
interface LinkHolder {
  readonly userId: string;
  readonly email: string;
}

/**
 * Links in mails, each good once, for one purpose, one person and the address it was sent to. The token stands in the
 * mail alone; the database keeps its hash.
 */
@Injectable()
export class LinkTokens {
  constructor(private readonly system: SystemDatabase) {}

  /** Makes the token of a link with this transaction. */
  async issue(
    tx: SystemTransaction | WorkspaceTransaction,
    { userId, email, purpose }: LinkHolder & { readonly purpose: LinkPurpose },
  ): Promise<string> {
    const token = newSessionToken();
    await tx.execute(sql`
      delete from link_tokens where token_hash in
        (select token_hash from link_tokens where expires_at < now() limit 100 for update skip locked)`);
    await tx.execute(sql`
      insert into link_tokens (token_hash, user_id, purpose, email, expires_at)
      values (${tokenHash(token)}, ${userId}, ${purpose}, ${email}, now() + make_interval(hours => ${linkHours[purpose]}))`);
    return token;
  }

  /** Refuses a token that is none, before work that costs is done for it. */
  async require(purpose: LinkPurpose, token: string): Promise<void> {
    const found = isSessionToken(token)
      ? await this.system.first(sql`
          select from link_tokens where token_hash = ${tokenHash(token)} and purpose = ${purpose} and expires_at > now()`)
      : null;
    if (found === null) throw usedUp();
  }

  /** Takes the token: of all who come with it, one gets it, once. */
  async take(tx: SystemTransaction, purpose: LinkPurpose, token: string): Promise<LinkHolder> {
    const taken = isSessionToken(token)
      ? await tx.first<LinkHolder>(sql`
          delete from link_tokens where token_hash = ${tokenHash(token)} and purpose = ${purpose} and expires_at > now()
          returning user_id as "userId", email`)
      : null;
    if (taken === null) throw usedUp();
    return taken;
  }

  /** Makes the person's other links useless. */
  async forget(tx: SystemTransaction, userId: string, purposes: readonly LinkPurpose[]): Promise<void> {
    await tx.execute(sql`delete from link_tokens where user_id = ${userId} and purpose = any (${purposes}::text[])`);
  }
}

/** The one answer for a link that was used, has run out or never was. */
export function usedUp() {
  return badInput('token', 'This link was used already, or has run out. Ask for a new one.', 'LINK_USED');
}
