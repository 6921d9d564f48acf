import { Injectable } from '@nestjs/common';
import { InstanceOperators } from '../../../accounts/index.js';
import type { UserActor } from '../../../platform/access/index.js';
import { SystemDatabase, sql } from '../../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../../platform/errors/index.js';

/** Lets those in who run this deployment, and nobody else. */
@Injectable()
export class RequireOperator {
  constructor(
    private readonly system: SystemDatabase,
    private readonly operators: InstanceOperators,
  ) {}

  async run({ userId }: UserActor): Promise<void> {
    const user = await this.system.first<{ id: string; email: string; emailVerified: boolean }>(
      sql`select id, email, email_verified_at is not null as "emailVerified" from users where id = ${userId}`,
    );
    if (user === null || !(await this.operators.includes(user)))
      throw new DomainError(ErrorCode.FORBIDDEN, 'This is for those who run this deployment.');
  }
}
