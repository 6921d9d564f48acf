import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { ChannelTemplates } from './channel-templates.js';
import { MessageTemplateType } from './message-template.type.js';

@Resolver(() => MessageTemplateType)
export class TemplateResolver {
  constructor(private readonly templates: ChannelTemplates) {}

  @Query(() => [MessageTemplateType], {
    description: 'The templates of a channel as its platform lists them; none where the channel has no templates.',
  })
  @Allow(Permission.Converse)
  async messageTemplates(
    @CurrentMember() member: MemberActor,
    @Args('channelId', { type: () => ID, description: 'The channel.' }) channelId: string,
  ): Promise<MessageTemplateType[]> {
    return (await this.templates.list(member, channelId)).map((template) => MessageTemplateType.from(template));
  }
}
