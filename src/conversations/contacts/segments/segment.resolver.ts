import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../../platform/access/index.js';
import { ContactFilter } from './contact-filter.input.js';
import { SegmentSizeLoader } from './segment-size.loader.js';
import { SegmentType } from './segment.type.js';
import { Segments } from './segments.js';

@Resolver(() => SegmentType)
export class SegmentResolver {
  constructor(
    private readonly segments: Segments,
    private readonly sizes: SegmentSizeLoader,
  ) {}

  @Query(() => [SegmentType], { description: 'The filters of contacts that are kept under a name, by name.' })
  @Allow(Permission.Read)
  async contactSegments(@CurrentMember() member: MemberActor): Promise<SegmentType[]> {
    return (await this.segments.list(member)).map((row) => SegmentType.from(row));
  }

  @Query(() => Int, { description: 'How many contacts a filter finds; without one, how many there are.' })
  @Allow(Permission.Read)
  contactCount(
    @CurrentMember() member: MemberActor,
    @Args('filter', { type: () => ContactFilter, nullable: true, description: 'Which contacts.' })
    filter: ContactFilter | null | undefined,
  ): Promise<number> {
    return this.segments.count(member, filter);
  }

  @ResolveField(() => Int, { description: 'How many contacts are in it now.' })
  async contacts(@Parent() { id }: SegmentType, @Context() context: RequestContext): Promise<number> {
    return (await this.sizes.load(context, id)) ?? 0;
  }

  @Mutation(() => SegmentType, { description: 'Keeps a filter under a name, or with an id changes that segment.' })
  @Allow(Permission.ManageContent)
  async saveContactSegment(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, nullable: true, description: 'Which to change; without it, a new one.' })
    id: string | null | undefined,
    @Args('name', { type: () => String, description: 'What it is called, in 60 characters at most.' }) name: string,
    @Args('filter', { type: () => ContactFilter, description: 'Which contacts are in it.' }) filter: ContactFilter,
  ): Promise<SegmentType> {
    return SegmentType.from(await this.segments.save(member, { id, name, filter }, request.origin));
  }

  @Mutation(() => Boolean, { description: 'Removes a segment; its contacts stay.' })
  @Allow(Permission.ManageContent)
  deleteContactSegment(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<boolean> {
    return this.segments.remove(member, id, request.origin);
  }
}
