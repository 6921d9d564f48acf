import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ConversationType } from '../../conversations/index.js';
import { Allow, CurrentMember, type MemberActor, Permission, RequestContext } from '../../platform/access/index.js';
import { AiRunType } from './ai-run.type.js';
import { DiscardDraft } from './discard-draft.js';
import { DraftReply } from './draft-reply.js';
import { AiRunLoader, DraftSourcesLoader } from './draft.loaders.js';
import { DraftType } from './draft.type.js';
import { PauseAi } from './pause-ai.js';
import { SourceType } from './source.type.js';

const conversationArgument = { type: () => ID, description: 'The id of the conversation.' };

@Resolver(() => DraftType)
export class DraftResolver {
  constructor(
    private readonly draft: DraftReply,
    private readonly discard: DiscardDraft,
    private readonly pause: PauseAi,
    private readonly sourcesOf: DraftSourcesLoader,
    private readonly runs: AiRunLoader,
  ) {}

  @Mutation(() => DraftType, {
    description:
      'Drafts a reply now, by the model or quoted from the knowledge; it takes the place of the draft before. Where nothing of the knowledge answers, or the model server fails, the draft is FAILED, its text is empty and run.error says why.',
  })
  @Allow(Permission.UseAi)
  async draftReply(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', conversationArgument) conversationId: string,
    @Args('instruction', {
      type: () => String,
      nullable: true,
      description: 'What is wanted of this draft, at most 1,000 characters.',
    })
    instruction?: string | null,
  ): Promise<DraftType> {
    return DraftType.from(await this.draft.run(member, conversationId, instruction ?? null));
  }

  @Mutation(() => DraftType, { description: 'Takes a proposed draft away.' })
  @Allow(Permission.UseAi)
  async discardDraft(
    @CurrentMember() member: MemberActor,
    @Args('id', { type: () => ID, description: 'The id of the draft.' }) id: string,
  ): Promise<DraftType> {
    return DraftType.from(await this.discard.run(member, id));
  }

  @Mutation(() => ConversationType, {
    description: "Stops the bot in this conversation until it is resumed; a member's own reply pauses it too.",
  })
  @Allow(Permission.UseAi)
  pauseAi(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', conversationArgument) conversationId: string,
  ): Promise<ConversationType> {
    return this.pause.run(member, conversationId, true);
  }

  @Mutation(() => ConversationType, { description: 'Lets the bot work in this conversation again.' })
  @Allow(Permission.UseAi)
  resumeAi(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', conversationArgument) conversationId: string,
  ): Promise<ConversationType> {
    return this.pause.run(member, conversationId, false);
  }

  @ResolveField(() => [SourceType], { description: 'What it rests on.' })
  async sources(@Parent() draft: DraftType, @Context() context: RequestContext): Promise<SourceType[]> {
    return (await this.sourcesOf.load(context, draft.id)) ?? [];
  }

  @ResolveField(() => AiRunType, { nullable: true, description: 'How it was made.' })
  async run(@Parent() draft: DraftType, @Context() context: RequestContext): Promise<AiRunType | null> {
    const row = draft.runId === null ? null : await this.runs.load(context, draft.runId);
    return row === null ? null : AiRunType.from(row);
  }
}
