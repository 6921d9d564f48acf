import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ConversationType, MessageType } from '../../conversations/index.js';
import { RequestContext } from '../../platform/access/index.js';
import { AiMode } from '../enums.js';
import { AiRunType } from './ai-run.type.js';
import {
  AiModeLoader,
  AiRunLoader,
  DraftOfMessageLoader,
  DraftSourcesLoader,
  ProposedDraftLoader,
} from './draft.loaders.js';
import { DraftType } from './draft.type.js';
import { SourceType } from './source.type.js';

/** What the AI adds to a conversation. */
@Resolver(() => ConversationType)
export class ConversationAiResolver {
  constructor(
    private readonly drafts: ProposedDraftLoader,
    private readonly modes: AiModeLoader,
  ) {}

  @ResolveField(() => DraftType, {
    nullable: true,
    description:
      'The reply that is proposed now, or that is being written; one that a member asked for and that came to nothing (FAILED), until it is discarded or something new is said.',
  })
  async draft(@Parent() conversation: ConversationType, @Context() context: RequestContext): Promise<DraftType | null> {
    const row = await this.drafts.load(context, conversation.id);
    return row === null ? null : DraftType.from(row);
  }

  @ResolveField(() => AiMode, { description: 'What the bot of the channel does; OFF where it has none.' })
  async aiMode(@Parent() conversation: ConversationType, @Context() context: RequestContext): Promise<AiMode> {
    return (await this.modes.load(context, conversation.channelId)) ?? AiMode.OFF;
  }
}

/** What the AI adds to a message that was made from a draft. */
@Resolver(() => MessageType)
export class MessageAiResolver {
  constructor(
    private readonly drafts: DraftOfMessageLoader,
    private readonly sourcesOf: DraftSourcesLoader,
    private readonly runs: AiRunLoader,
  ) {}

  @ResolveField(() => [SourceType], {
    description: 'What the draft that it was made from rests on; empty where a person wrote it.',
  })
  async sources(@Parent() message: MessageType, @Context() context: RequestContext): Promise<SourceType[]> {
    const draft = message.draftId === null ? null : await this.drafts.load(context, message.id);
    return draft === null ? [] : ((await this.sourcesOf.load(context, draft.id)) ?? []);
  }

  @ResolveField(() => AiRunType, { nullable: true, description: 'How the draft that it was made from was made.' })
  async run(@Parent() message: MessageType, @Context() context: RequestContext): Promise<AiRunType | null> {
    const draft = message.draftId === null ? null : await this.drafts.load(context, message.id);
    const row = draft?.runId == null ? null : await this.runs.load(context, draft.runId);
    return row === null ? null : AiRunType.from(row);
  }
}
