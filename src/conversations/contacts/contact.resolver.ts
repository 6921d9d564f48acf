import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { ContactLoader } from '../contact.loader.js';
import { ContactConnection, ContactType } from '../contact.type.js';
import { ListContactTags } from './list-contact-tags.js';
import { ListContacts } from './list-contacts.js';
import { ContactFilter } from './segments/contact-filter.input.js';

@Resolver(() => ContactType)
export class ContactResolver {
  constructor(
    private readonly list: ListContacts,
    private readonly loader: ContactLoader,
    private readonly tags: ListContactTags,
  ) {}

  @Query(() => ContactConnection, { description: "The workspace's contacts, whoever was last heard of first." })
  @Allow(Permission.Read)
  async contacts(
    @CurrentMember() member: MemberActor,
    @Args('search', {
      type: () => String,
      nullable: true,
      description: 'Words of their name, an address or a number; the last word may be unfinished.',
    })
    search: string | null | undefined,
    @Args('tag', { type: () => String, nullable: true, description: 'With this label.' })
    tag: string | null | undefined,
    @Args('filter', { type: () => ContactFilter, nullable: true, description: 'As a segment asks for them.' })
    filter: ContactFilter | null | undefined,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 25, description: 'How many, 100 at most.' })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
  ): Promise<ContactConnection> {
    const page = await this.list.run(member, { search, tag, filter, first, after });
    return { nodes: page.nodes.map((row) => ContactType.from(row)), pageInfo: page.pageInfo, totalCount: null };
  }

  @Query(() => [String], { description: 'The labels that contacts have, those used most first; 100 at most.' })
  @Allow(Permission.Read)
  contactTags(@CurrentMember() member: MemberActor): Promise<string[]> {
    return this.tags.run(member);
  }

  @Query(() => ContactType, {
    nullable: true,
    description: 'One contact; null where the workspace has none with this id, or it was merged into another.',
  })
  @Allow(Permission.Read)
  async contact(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The contact.' }) id: string,
  ): Promise<ContactType | null> {
    const row = await this.loader.load(request, id.toLowerCase());
    return row === null || row.mergedInto !== null ? null : ContactType.from(row);
  }
}
