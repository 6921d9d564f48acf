import { Injectable } from '@nestjs/common';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';

/** Ends an API token at once. */
@Injectable()
export class RevokeApiToken {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
  ) {}

  async run(member: MemberActor, id: string, origin: RequestOrigin): Promise<boolean> {
    if (!isUuid(id)) throw notFound('API token');
    await this.workspaces.run(member.workspaceId, async (tx) => {
      const revoked = await tx.execute(
        sql`delete from api_tokens where workspace_id = ${tx.workspaceId} and id = ${id}`,
      );
      if (revoked === 0) throw notFound('API token');
      this.audit.record(tx, { actor: member, action: 'api-token.revoke', target: id, origin });
    });
    return true;
  }
}
