import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { AiSettings } from './ai-settings.type.js';
import { ReadAiSettings } from './read-ai-settings.js';
import { AiSettingsInput } from './update-ai-settings.input.js';
import { UpdateAiSettings } from './update-ai-settings.js';

@Resolver(() => AiSettings)
export class AiSettingsResolver {
  constructor(
    private readonly read: ReadAiSettings,
    private readonly update: UpdateAiSettings,
  ) {}

  @Query(() => AiSettings, { description: 'Where a model is asked, and whether at all.' })
  @Allow(Permission.Read)
  aiSettings(@CurrentMember() member: MemberActor): Promise<AiSettings> {
    return this.read.run(member);
  }

  @Mutation(() => AiSettings, { description: 'Changes the AI settings; what is left out stays.' })
  @Allow(Permission.ManageAi)
  updateAiSettings(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { type: () => AiSettingsInput, description: 'What to change.' }) input: AiSettingsInput,
  ): Promise<AiSettings> {
    return this.update.run(member, input, request);
  }
}
