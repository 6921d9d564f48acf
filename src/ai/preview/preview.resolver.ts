import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { DraftType } from '../drafting/draft.type.js';
import { PreviewReply } from './preview-reply.js';

@Resolver(() => DraftType)
export class PreviewResolver {
  constructor(private readonly preview: PreviewReply) {}

  @Mutation(() => DraftType, {
    description:
      'What a bot would answer to a text, whatever its mode: nothing is sent and no conversation is touched. Found, asked and checked as every draft is, quoted where no model is set up, and on record with purpose PREVIEW. FAILED where there is nothing to answer; run.error says why. Its id is no draft’s.',
  })
  @Allow(Permission.UseAi)
  previewReply(
    @CurrentMember() member: MemberActor,
    @Args('botId', { type: () => ID, description: 'The id of the bot.' }) botId: string,
    @Args('text', { type: () => String, description: 'What a customer would write, at most 4,000 characters.' })
    text: string,
  ): Promise<DraftType> {
    return this.preview.run(member, botId, text);
  }
}
