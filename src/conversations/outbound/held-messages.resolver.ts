import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ChannelType } from '../../channels/index.js';
import { RequestContext } from '../../platform/access/index.js';
import { HeldMessagesLoader } from './held-messages.loader.js';

/** What of a channel conversations know. */
@Resolver(() => ChannelType)
export class HeldMessagesResolver {
  constructor(private readonly held: HeldMessagesLoader) {}

  @ResolveField(() => Int, {
    description: 'Replies that are held until it is connected again, and then leave by themselves.',
  })
  async heldMessages(@Parent() { id }: ChannelType, @Context() context: RequestContext): Promise<number> {
    return (await this.held.load(context, id)) ?? 0;
  }
}
