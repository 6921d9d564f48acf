import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission } from '../access/index.js';
import { AuditConnectionType, AuditEntryType } from './audit-entry.type.js';
import { ListAudit } from './list-audit.js';

@Resolver(() => AuditEntryType)
export class AuditResolver {
  constructor(private readonly list: ListAudit) {}

  @Query(() => AuditConnectionType, { description: 'What was done in this workspace, by whom; the newest first.' })
  @Allow(Permission.ReadAudit)
  auditLog(
    @CurrentMember() member: MemberActor,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50, description: 'How many, up to 100.' })
    first?: number | null,
    @Args('after', { type: () => String, nullable: true, description: 'The endCursor of the page before.' })
    after?: string | null,
    @Args('action', {
      type: () => String,
      nullable: true,
      description: 'Only this action (`member.remove`), or all of one kind (`member`).',
    })
    action?: string | null,
  ): Promise<AuditConnectionType> {
    return this.list.run(member, { first, after, action });
  }
}
