import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ChannelLoader, Channels, ChannelType } from '../../channels/index.js';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { KnowledgeLoader } from '../knowledge/knowledge.loader.js';
import { KnowledgeSourceType } from '../knowledge/knowledge-source.type.js';
import { BotRelationsLoader } from './bot-relations.loader.js';
import { BotType } from './bot.type.js';
import { DeleteBot } from './delete-bot.js';
import { ReadBots } from './read-bots.js';
import { BotInput } from './save-bot.input.js';
import { SaveBot } from './save-bot.js';

const idOf = { type: () => ID, description: 'The id of the bot.' };
const inputOf = { type: () => BotInput, description: 'What it is to be.' };

@Resolver(() => BotType)
export class BotResolver {
  constructor(
    private readonly read: ReadBots,
    private readonly save: SaveBot,
    private readonly remove: DeleteBot,
  ) {}

  @Query(() => [BotType], { description: 'All bots, the oldest first.' })
  @Allow(Permission.Read)
  bots(@CurrentMember() member: MemberActor): Promise<BotType[]> {
    return this.read.all(member);
  }

  @Query(() => BotType, { nullable: true, description: 'A bot by its id.' })
  @Allow(Permission.Read)
  bot(@CurrentMember() member: MemberActor, @Args('id', idOf) id: string): Promise<BotType | null> {
    return this.read.byId(member, id);
  }

  @Mutation(() => BotType, { description: 'Makes a bot.' })
  @Allow(Permission.ManageContent)
  createBot(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', inputOf) input: BotInput,
  ): Promise<BotType> {
    return this.save.create(member, input, request);
  }

  @Mutation(() => BotType, { description: 'Changes a bot; what is left out stays.' })
  @Allow(Permission.ManageContent)
  updateBot(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', idOf) id: string,
    @Args('input', inputOf) input: BotInput,
  ): Promise<BotType> {
    return this.save.update(member, id, input, request);
  }

  @Mutation(() => Boolean, { description: 'Removes a bot. What it drafted stays on record.' })
  @Allow(Permission.ManageContent)
  deleteBot(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', idOf) id: string,
  ): Promise<boolean> {
    return this.remove.run(member, id, request);
  }
}

@Resolver(() => BotType)
export class BotRelationsResolver {
  constructor(
    private readonly relations: BotRelationsLoader,
    private readonly channelLoader: ChannelLoader,
    private readonly channelsModule: Channels,
    private readonly knowledgeLoader: KnowledgeLoader,
  ) {}

  @ResolveField(() => [ChannelType], { description: 'The channels that it works on.' })
  async channels(@Parent() bot: BotType, @Context() context: RequestContext): Promise<ChannelType[]> {
    return this.named(context, (await this.relations.load(context, bot.id))?.channelIds);
  }

  @ResolveField(() => [ChannelType], {
    description: 'Those of its channels on which it answers by itself in mode AUTO; on the others it proposes replies.',
  })
  async autoChannels(@Parent() bot: BotType, @Context() context: RequestContext): Promise<ChannelType[]> {
    return this.named(context, (await this.relations.load(context, bot.id))?.autoChannelIds);
  }

  @ResolveField(() => [KnowledgeSourceType], {
    description: 'The knowledge that it answers from; empty: all of the workspace.',
  })
  async knowledge(@Parent() bot: BotType, @Context() context: RequestContext): Promise<KnowledgeSourceType[]> {
    const ids = (await this.relations.load(context, bot.id))?.knowledgeIds ?? [];
    return (await this.knowledgeLoader.loadMany(context, ids)).map((row) => KnowledgeSourceType.from(row));
  }

  private async named(context: RequestContext, ids: readonly string[] = []): Promise<ChannelType[]> {
    return (await this.channelLoader.loadMany(context, ids)).map((row) => this.channelsModule.typeOf(row));
  }
}
