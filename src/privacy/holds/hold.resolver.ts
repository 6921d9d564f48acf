import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ContactLoader, ContactType } from '../../conversations/index.js';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { LegalHoldType } from './hold.type.js';
import { ListHolds } from './list-holds.js';
import { PlaceHold } from './place-hold.js';
import { ReleaseHold } from './release-hold.js';

@Resolver(() => LegalHoldType)
export class HoldResolver {
  constructor(
    private readonly list: ListHolds,
    private readonly place: PlaceHold,
    private readonly release: ReleaseHold,
    private readonly contacts: ContactLoader,
  ) {}

  @Query(() => [LegalHoldType], { description: 'The legal holds: those that stand, then those that were released.' })
  @Allow(Permission.HandlePrivacy)
  async legalHolds(@CurrentMember() member: MemberActor): Promise<LegalHoldType[]> {
    return (await this.list.run(member)).map((row) => LegalHoldType.from(row));
  }

  @Mutation(() => LegalHoldType, {
    description:
      "Keeps a contact's data from being erased, by anybody and by retention; without a contact, everything.",
  })
  @Allow(Permission.HandlePrivacy)
  async placeLegalHold(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('contactId', { type: () => ID, nullable: true, description: 'Whose data; left out: all of the workspace.' })
    contactId: string | null | undefined,
    @Args('reason', { type: () => String, description: 'Which law, court or case, in 1,000 characters at most.' })
    reason: string,
  ): Promise<LegalHoldType> {
    return LegalHoldType.from(await this.place.run(member, contactId ?? null, reason, request.origin));
  }

  @Mutation(() => LegalHoldType, { description: 'Ends a hold. An erasure that it stopped goes on at once.' })
  @Allow(Permission.HandlePrivacy)
  async releaseLegalHold(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<LegalHoldType> {
    return LegalHoldType.from(await this.release.run(member, id, request.origin));
  }

  @ResolveField(() => ContactType, { nullable: true, description: 'Whose data it keeps; null: all of the workspace.' })
  async contact(@Parent() hold: LegalHoldType, @CurrentRequest() request: RequestContext): Promise<ContactType | null> {
    const row = hold.contactId === null ? null : await this.contacts.load(request, hold.contactId);
    return row === null ? null : ContactType.from(row);
  }
}
