import { Args, Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ContactType } from '../../conversations/index.js';
import { RequestContext } from '../../platform/access/index.js';
import { LeadConnection, LeadType } from '../lead.type.js';
import { ContactLeadsLoader, contactLeadsKey } from './contact-leads.loader.js';

/** What leads add to a contact. */
@Resolver(() => ContactType)
export class ContactLeadsResolver {
  constructor(private readonly loader: ContactLeadsLoader) {}

  @ResolveField(() => LeadConnection, { description: 'Their leads, the newest first.' })
  async leads(
    @Parent() { id }: ContactType,
    @Context() context: RequestContext,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 20, description: 'How many, 100 at most.' })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
  ): Promise<LeadConnection> {
    const page = await this.loader.load(context, contactLeadsKey(id, first, after));
    if (page === null) throw new Error('The loader left a page out.');
    return { nodes: page.nodes.map((row) => LeadType.from(row)), pageInfo: page.pageInfo, totalCount: null };
  }
}
