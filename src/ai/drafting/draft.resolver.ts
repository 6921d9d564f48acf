import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { ConversationType } from '../../conversations/index.js';
import { Allow, CurrentMember, type MemberActor, Permission, RequestContext } from '../../platform/access/index.js';
import { DraftChange, DraftLanguage } from '../enums.js';
import { AiRunType } from './ai-run.type.js';
import { DiscardDraft } from './discard-draft.js';
import { DraftChunk } from './draft-chunk.type.js';
import { DraftReply } from './draft-reply.js';
import type { DraftTextStream } from './draft-text-stream.js';
import { AiRunLoader, DraftSourcesLoader } from './draft.loaders.js';
import { DraftType } from './draft.type.js';
import { PauseAi } from './pause-ai.js';
import { SourceType } from './source.type.js';
import { StopDraft } from './stop-draft.js';
import { WatchDraftText } from './watch-draft-text.js';

const conversationArgument = { type: () => ID, description: 'The id of the conversation.' };

@Resolver(() => DraftType)
export class DraftResolver {
  constructor(
    private readonly draft: DraftReply,
    private readonly discard: DiscardDraft,
    private readonly pause: PauseAi,
    private readonly stop: StopDraft,
    private readonly watch: WatchDraftText,
    private readonly sourcesOf: DraftSourcesLoader,
    private readonly runs: AiRunLoader,
  ) {}

  @Mutation(() => DraftType, {
    description:
      'Drafts a reply now, by the model or quoted from the knowledge; it takes the place of the draft before. A quote is there at once. Where a model is asked the draft is GENERATING: draftText tells its words, and DraftChanged what became of it. Where nothing of the knowledge answers, or the model server fails, it is FAILED, its text is empty and run.error says why.',
  })
  @Allow(Permission.UseAi)
  async draftReply(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', conversationArgument) conversationId: string,
    @Args('instruction', {
      type: () => String,
      nullable: true,
      description:
        'What is wanted of this draft, in your own words (shorter, more formal, mention the warranty), at most 1,000 characters. The model is given it beside the draft before.',
    })
    instruction?: string | null,
    @Args('change', {
      type: () => DraftChange,
      nullable: true,
      description:
        'Says the proposed draft in other words, and looks for no new answer; for a model alone. It is held against the words of the draft: what says more is refused (FAILED), and the draft is proposed again as it was. So it is where it is stopped.',
    })
    change?: DraftChange | null,
    @Args('language', {
      type: () => DraftLanguage,
      nullable: true,
      description: "Of a TRANSLATION: into which language; left out, the one of the customer's last words.",
    })
    language?: DraftLanguage | null,
  ): Promise<DraftType> {
    const asked = { instruction: instruction ?? null, change: change ?? null, language: language ?? null };
    return DraftType.from(await this.draft.run(member, conversationId, asked));
  }

  @Mutation(() => DraftType, {
    description:
      'Stops a draft that is being written, and the request to the model with it; it is then DISCARDED. One that is written already stays as it is.',
  })
  @Allow(Permission.UseAi)
  async stopDraft(
    @CurrentMember() member: MemberActor,
    @Args('id', { type: () => ID, description: 'The id of the draft.' }) id: string,
  ): Promise<DraftType> {
    return DraftType.from(await this.stop.run(member, id));
  }

  @Subscription(() => DraftChunk, {
    description:
      'The text of a draft as it is written; not stored. First all that there is so far, then what follows, whole sentences that the knowledge supports; one that is written already comes in one piece.',
  })
  @Allow(Permission.Read)
  draftText(
    @CurrentMember() member: MemberActor,
    @Args('id', { type: () => ID, description: 'The id of the draft.' }) id: string,
  ): Promise<DraftTextStream> {
    return this.watch.run(member, id);
  }

  @Mutation(() => DraftType, { description: 'Takes a proposed draft away, or one that is being written.' })
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
    return [...(draft.cites ?? (await this.sourcesOf.load(context, draft.id)) ?? [])];
  }

  @ResolveField(() => AiRunType, { nullable: true, description: 'How it was made.' })
  async run(@Parent() draft: DraftType, @Context() context: RequestContext): Promise<AiRunType | null> {
    const row = draft.runId === null ? null : await this.runs.load(context, draft.runId);
    return row === null ? null : AiRunType.from(row);
  }
}
