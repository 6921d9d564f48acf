import { Injectable } from '@nestjs/common';
import type { MemberActor, RoleName } from '../../platform/access/index.js';
import { coalesced, SystemDatabase, Workspaces, sql } from '../../platform/database/index.js';
import { lesserRole, permissionsOf } from '../permissions.js';
import { tokenHash } from '../sessions/session-token.js';
import { isApiTokenSecret } from './api-token-secret.js';

interface TokenRow {
  readonly tokenId: string;
  readonly workspaceId: string;
  readonly memberId: string;
  readonly userId: string;
  readonly tokenRole: RoleName;
  readonly memberRole: RoleName;
  readonly frozen: boolean;
  readonly lastUsedAt: Date | null;
}

/** Whom an API token acts as, and whether that member is frozen. */
export interface TokenHolder {
  readonly actor: MemberActor;
  readonly frozen: boolean;
}

const touchAfterMs = 60_000;

/** API tokens, found by their secret. */
@Injectable()
export class ApiTokens {
  private readonly byHash = coalesced<TokenRow>((hashes) =>
    this.system.query(sql`
      select token_hash as key, token_id as "tokenId", workspace_id as "workspaceId", member_id as "memberId", user_id as "userId",
             token_role as "tokenRole", member_role as "memberRole", frozen, last_used_at as "lastUsedAt"
        from api_tokens_by_hash(${hashes}::bytea[])`),
  );

  constructor(
    private readonly system: SystemDatabase,
    private readonly workspaces: Workspaces,
  ) {}

  /** Whom this secret acts as; null when it is none of ours, revoked or expired. One statement for all that are asked for at once. */
  async find(secret: string): Promise<TokenHolder | null> {
    if (!isApiTokenSecret(secret)) return null;
    const row = await this.byHash(tokenHash(secret));
    // A membership that has ended has no person behind it.
    if (row === null || (row.userId as string | null) === null) return null;
    if (Date.now() - (row.lastUsedAt?.getTime() ?? 0) > touchAfterMs) void this.touch(row).catch(() => undefined);
    // Whoever lost rights since they made the token has lost them here too.
    const role = lesserRole(row.tokenRole, row.memberRole);
    const { workspaceId, memberId, userId } = row;
    const credential = { kind: 'token', id: row.tokenId } as const;
    return {
      actor: {
        kind: 'member',
        workspaceId,
        memberId,
        userId,
        role,
        permissions: permissionsOf[role],
        credential,
        user: null,
      },
      frozen: row.frozen,
    };
  }

  private async touch({ workspaceId, tokenId }: TokenRow): Promise<void> {
    await this.workspaces.run(workspaceId, (tx) =>
      tx.execute(sql`
        update api_tokens set last_used_at = now()
         where workspace_id = ${workspaceId} and id = ${tokenId}
           and (last_used_at is null or last_used_at < now() - interval '1 minute')`),
    );
  }
}
