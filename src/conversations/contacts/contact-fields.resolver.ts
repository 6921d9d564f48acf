import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { MemberLoader, MemberType } from '../../accounts/index.js';
import { RequestContext } from '../../platform/access/index.js';
import { ContactIdentitiesLoader, ContactNotesLoader } from '../contact.loader.js';
import { ContactIdentityType, ContactNoteType, ContactType } from '../contact.type.js';

/** What is known of a contact beside its own row. */
@Resolver(() => ContactType)
export class ContactFieldsResolver {
  constructor(
    private readonly identitiesLoader: ContactIdentitiesLoader,
    private readonly notesLoader: ContactNotesLoader,
  ) {}

  @ResolveField(() => [ContactIdentityType], { description: 'Their addresses, the first known first.' })
  async identities(@Parent() { id }: ContactType, @Context() context: RequestContext): Promise<ContactIdentityType[]> {
    return ((await this.identitiesLoader.load(context, id)) ?? []).map((row) => ContactIdentityType.from(row));
  }

  @ResolveField(() => [ContactNoteType], { description: 'What members wrote down about them, newest first.' })
  async notes(@Parent() { id }: ContactType, @Context() context: RequestContext): Promise<ContactNoteType[]> {
    return ((await this.notesLoader.load(context, id)) ?? []).map((row) => ContactNoteType.from(row));
  }
}

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
