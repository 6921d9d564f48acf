import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, newId } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { checkInput, nameOf } from '../check-input.js';
import { Role } from '../enums.js';
import { isAtMost } from '../permissions.js';
import { requireRecentPassword } from '../sessions/recent-password.js';
import { tokenHash } from '../sessions/session-token.js';
import { newApiTokenSecret } from './api-token-secret.js';
import { ApiTokenEntity } from './api-token.entity.js';
import { ApiTokenType, CreatedApiTokenType } from './api-token.type.js';

const schema = z.object({
  name: nameOf('the token a name'),
  expiresAt: z
    .date('This is not a time.')
    .nullish()
    .transform((at) => at ?? null)
    .refine((at) => at === null || at.getTime() > Date.now(), 'This time has passed. Choose a later one, or none.'),
});

interface NewApiToken {
  readonly name: string;
  readonly role: Role;
  readonly expiresAt?: Date | null | undefined;
}

/** A member makes a token for a program, which then acts in their name and never above their role. */
@Injectable()
export class CreateApiToken {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly audit: AuditLog,
  ) {}

  async run(member: MemberActor, input: NewApiToken, origin: RequestOrigin): Promise<CreatedApiTokenType> {
    const { name, expiresAt } = checkInput(schema, input);
    if (!isAtMost(input.role, member.role)) {
      throw new DomainError(
        ErrorCode.FORBIDDEN,
        `You are ${member.role.toLowerCase()} here; a token cannot be more than you are.`,
        { reason: 'TOKEN_ABOVE', field: 'role' },
      );
    }
    requireRecentPassword(member);
    const secret = newApiTokenSecret();
    const row = {
      workspaceId: member.workspaceId,
      id: newId(),
      memberId: member.memberId,
      name,
      role: input.role,
      tokenHash: tokenHash(secret),
      lastFour: secret.slice(-4),
      createdAt: new Date(),
      lastUsedAt: null,
      expiresAt,
    };
    await this.workspaces.run(member.workspaceId, async (tx) => {
      await tx.of(ApiTokenEntity).insert(row);
      const detail = { role: row.role, expiresAt: expiresAt?.toISOString() ?? null };
      this.audit.record(tx, { actor: member, action: 'api-token.create', target: row.id, origin, detail });
    });
    return Object.assign(new CreatedApiTokenType(), { token: ApiTokenType.from(row), secret });
  }
}
