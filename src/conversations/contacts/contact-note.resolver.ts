import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { MemberLoader, MemberType } from '../../accounts/index.js';
import { RequestContext } from '../../platform/access/index.js';
import { ContactNoteType } from '../contact.type.js';

/** Who wrote a note about a contact. */
@Resolver(() => ContactNoteType)
export class ContactNoteResolver {
  constructor(private readonly members: MemberLoader) {}

  @ResolveField(() => MemberType, { nullable: true, description: 'Who wrote it; null where they have left.' })
  async author(
    @Parent() { memberId }: ContactNoteType,
    @Context() context: RequestContext,
  ): Promise<MemberType | null> {
    const row = memberId === null ? null : await this.members.load(context, memberId);
    return row === null ? null : MemberType.from(row);
  }
}
