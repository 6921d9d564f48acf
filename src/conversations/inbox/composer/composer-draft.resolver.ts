import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../../platform/access/index.js';
import { MessageType } from '../../message.type.js';
import { ComposerDraftChangeType, ComposerDraftType } from './composer-draft.type.js';
import { ComposerDrafts } from './composer-drafts.js';
import { ShareDraft } from './share-draft.js';
import { type ComposerDraftChange, type ComposerDraftStream, WatchComposerDrafts } from './watch-composer-drafts.js';

const conversationArgument = { type: () => ID, description: 'The conversation.' } as const;

/** What members have begun to write. */
@Resolver(() => ComposerDraftChangeType)
export class ComposerDraftResolver {
  constructor(
    private readonly drafts: ComposerDrafts,
    private readonly watch: WatchComposerDrafts,
    private readonly share: ShareDraft,
  ) {}

  @Query(() => ComposerDraftType, {
    nullable: true,
    description: 'What you have begun to write in a conversation; null where you have not.',
  })
  @Allow(Permission.Read)
  async composerDraft(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', conversationArgument) conversationId: string,
  ): Promise<ComposerDraftType | null> {
    return draftOf(this.drafts, member, conversationId);
  }

  @Mutation(() => ComposerDraftType, {
    nullable: true,
    description:
      'Keeps what you have written so far, for you alone and on all your devices. All of it is given each time: without text and files the draft goes, and null is answered. A draft that is sent as it stands goes by itself.',
  })
  @Allow(Permission.Converse)
  async saveComposerDraft(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', conversationArgument) conversationId: string,
    @Args('text', { type: () => String, description: 'The words, at most 100,000 characters.' }) text: string,
    @Args('attachmentIds', {
      type: () => [ID],
      nullable: true,
      description: 'Files that you have uploaded, 10 at the most; they are kept for as long as the draft names them.',
    })
    attachmentIds: string[] | null | undefined,
  ): Promise<ComposerDraftType | null> {
    const row = await this.drafts.save(member, conversationId, text, attachmentIds);
    return row === null ? null : ComposerDraftType.from(row);
  }

  @Mutation(() => MessageType, {
    description: 'Shows the words of your draft to other members: as a note that names them. The draft stays yours.',
  })
  @Allow(Permission.Converse)
  async shareDraft(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', conversationArgument) conversationId: string,
    @Args('memberIds', { type: () => [ID], description: 'Who shall see it.' }) memberIds: string[],
  ): Promise<MessageType> {
    return MessageType.from(await this.share.run(member, conversationId, memberIds));
  }

  @Subscription(() => ComposerDraftChangeType, {
    description:
      'Each change of a draft of yours, whichever device made it; nobody else hears of it. Not stored and not replayed: ask composerDraft when you open a conversation and after a cut.',
  })
  @Allow(Permission.Read)
  composerDraftChanged(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', { type: () => ID, nullable: true, description: 'Only in this conversation.' })
    conversationId: string | null | undefined,
  ): Promise<ComposerDraftStream> {
    return this.watch.run(member, conversationId);
  }

  @ResolveField(() => ComposerDraftType, { nullable: true, name: 'draft' })
  draft(@Parent() { conversationId, member }: ComposerDraftChange): Promise<ComposerDraftType | null> {
    return draftOf(this.drafts, member, conversationId);
  }
}

async function draftOf(drafts: ComposerDrafts, member: MemberActor, id: string): Promise<ComposerDraftType | null> {
  const row = await drafts.read(member, id);
  return row === null ? null : ComposerDraftType.from(row);
}
