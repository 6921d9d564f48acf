import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { CannedResponseType } from '../canned-response.type.js';
import { CannedResponses } from './canned-responses.js';

@Resolver(() => CannedResponseType)
export class CannedResponseResolver {
  constructor(private readonly responses: CannedResponses) {}

  @Query(() => [CannedResponseType], {
    name: 'cannedResponses',
    description: 'The texts that members use again and again, by shortcut.',
  })
  @Allow(Permission.Read)
  async all(@CurrentMember() member: MemberActor): Promise<CannedResponseType[]> {
    return (await this.responses.list(member)).map((entity) => CannedResponseType.from(entity));
  }

  @Mutation(() => CannedResponseType, { description: 'Makes a canned response, or with an id changes that one.' })
  @Allow(Permission.ManageContent)
  async saveCannedResponse(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, nullable: true, description: 'Which to change; without it, a new one.' })
    id: string | null | undefined,
    @Args('shortcut', { type: () => String, description: 'What calls it up: one word, nobody else’s.' })
    shortcut: string,
    @Args('text', { type: () => String, description: 'The text.' }) text: string,
  ): Promise<CannedResponseType> {
    return CannedResponseType.from(await this.responses.save(member, { id, shortcut, text }, request.origin));
  }

  @Mutation(() => Boolean, { description: 'Removes a canned response.' })
  @Allow(Permission.ManageContent)
  deleteCannedResponse(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<boolean> {
    return this.responses.remove(member, id, request.origin);
  }
}
