import { Args, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  type RequestContext,
} from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { ChannelType } from '../channel.type.js';
import { Channels } from '../channels.js';
import { WebChatSettings, WidgetPosition } from '../web-chat-settings.type.js';
import { CreateWebChatInput } from './create-web-chat.input.js';
import { CreateWebChat } from './create-web-chat.js';
import { UpdateWebChatInput } from './update-web-chat.input.js';
import { UpdateWebChat } from './update-web-chat.js';

@Resolver(() => WebChatSettings)
export class WebChatResolver {
  constructor(
    private readonly channels: Channels,
    private readonly create: CreateWebChat,
    private readonly update: UpdateWebChat,
    private readonly config: Config,
  ) {}

  @Mutation(() => ChannelType, { description: 'Makes a chat for a site of the business.' })
  @Allow(Permission.ManageChannels)
  async createWebChat(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'Its name and its sites.' }) input: CreateWebChatInput,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.create.run(member, request.origin, input));
  }

  @Mutation(() => ChannelType, { description: 'Changes how a web chat looks and where it may appear.' })
  @Allow(Permission.ManageChannels)
  async updateWebChat(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'What is to be different.' }) input: UpdateWebChatInput,
  ): Promise<ChannelType> {
    return this.channels.typeOf(await this.update.run(member, request.origin, input));
  }

  @Mutation(() => String, {
    description:
      'A new secret for a site to sign identities with: hex HMAC-SHA256 over the id, or a JWT (HS256, sub, exp within a day). Shown this once; what the one before signed proves nothing any more.',
  })
  @Allow(Permission.ManageChannels)
  rotateWebChatSecret(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The channel.' }) id: string,
  ): Promise<string> {
    return this.update.rotateSecret(member, request.origin, id);
  }

  @ResolveField(() => String, { description: 'What to paste into the site.' })
  embedSnippet(@Parent() { publicKey, accentColor, position }: WebChatSettings): string {
    // The button stands there before anything is asked of this server: it has to know its colour and corner by itself.
    const look = `data-color="${accentColor}"${position === WidgetPosition.LEFT ? ' data-position="left"' : ''}`;
    return `<script async src="${this.config.publicUrl}/widget.js" data-key="${publicKey}" ${look}></script>`;
  }
}
