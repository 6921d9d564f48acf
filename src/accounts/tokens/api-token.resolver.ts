import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { Role } from '../enums.js';
import { ApiTokenType, CreatedApiTokenType } from './api-token.type.js';
import { CreateApiToken } from './create-api-token.js';
import { ListApiTokens } from './list-api-tokens.js';
import { RevokeApiToken } from './revoke-api-token.js';

@Resolver(() => ApiTokenType)
export class ApiTokenResolver {
  constructor(
    private readonly list: ListApiTokens,
    private readonly create: CreateApiToken,
    private readonly revoke: RevokeApiToken,
  ) {}

  @Query(() => [ApiTokenType], { description: 'The API tokens of this workspace, the newest first.' })
  @Allow(Permission.ManageTokens)
  apiTokens(@CurrentMember() member: MemberActor): Promise<ApiTokenType[]> {
    return this.list.run(member);
  }

  @Mutation(() => CreatedApiTokenType, {
    description: 'Makes an API token. Asks for the password again 15 minutes after it was last given.',
  })
  @Allow(Permission.ManageTokens)
  createApiToken(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('name', { type: () => String, description: 'What it is for.' }) name: string,
    @Args('role', { type: () => Role, description: 'At most your own.' }) role: Role,
    @Args('expiresAt', { type: () => Date, nullable: true, description: 'When it stops working.' })
    expiresAt?: Date | null,
  ): Promise<CreatedApiTokenType> {
    return this.create.run(member, { name, role, expiresAt }, request.origin);
  }

  @Mutation(() => Boolean, { description: 'Ends an API token at once.' })
  @Allow(Permission.ManageTokens)
  revokeApiToken(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Which one, of `apiTokens`.' }) id: string,
  ): Promise<boolean> {
    return this.revoke.run(member, id, request.origin);
  }
}
