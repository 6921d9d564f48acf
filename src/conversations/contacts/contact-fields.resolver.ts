import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestContext } from '../../platform/access/index.js';
import { ContactIdentitiesLoader, ContactNotesLoader } from '../contact.loader.js';
import { ContactIdentityType, ContactMergeType, ContactNoteType, ContactType } from '../contact.type.js';
import { ConversationConnection, ConversationType } from '../conversation.type.js';
import { ContactConversationsLoader, contactPageKey } from './contact-conversations.loader.js';
import { ContactMergesLoader } from './contact-merges.loader.js';

/** What is known of a contact beside its own row. */
@Resolver(() => ContactType)
export class ContactFieldsResolver {
  constructor(
    private readonly identitiesLoader: ContactIdentitiesLoader,
    private readonly notesLoader: ContactNotesLoader,
    private readonly mergesLoader: ContactMergesLoader,
    private readonly conversationsLoader: ContactConversationsLoader,
  ) {}

  @ResolveField(() => [ContactIdentityType], { description: 'Their addresses, the first known first.' })
  async identities(@Parent() { id }: ContactType, @Context() context: RequestContext): Promise<ContactIdentityType[]> {
    return ((await this.identitiesLoader.load(context, id)) ?? []).map((row) => ContactIdentityType.from(row));
  }

  @ResolveField(() => [ContactMergeType], {
    description: 'Contacts that were found to be this one, as long as that can be taken back, newest first.',
  })
  async merges(@Parent() { id }: ContactType, @Context() context: RequestContext): Promise<ContactMergeType[]> {
    return ((await this.mergesLoader.load(context, id)) ?? []).map((row) => ContactMergeType.from(row));
  }

  @ResolveField(() => [ContactNoteType], { description: 'What members wrote down about them, newest first.' })
  async notes(@Parent() { id }: ContactType, @Context() context: RequestContext): Promise<ContactNoteType[]> {
    return ((await this.notesLoader.load(context, id)) ?? []).map((row) => ContactNoteType.from(row));
  }

  @ResolveField(() => ConversationConnection, {
    description: 'Their conversations on every channel, the newest first; spam is left out.',
  })
  async conversations(
    @Parent() { id }: ContactType,
    @Context() context: RequestContext,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 20, description: 'How many, 100 at most.' })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
  ): Promise<ConversationConnection> {
    const page = await this.conversationsLoader.load(context, contactPageKey(id, first, after));
    if (page === null) throw new Error('The loader left a page out.');
    return { nodes: page.nodes.map((row) => ConversationType.from(row)), pageInfo: page.pageInfo, totalCount: null };
  }
}
