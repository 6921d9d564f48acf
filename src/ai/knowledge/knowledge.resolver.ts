import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { KnowledgeInput } from './add-knowledge.input.js';
import { AddKnowledge } from './add-knowledge.js';
import { DeleteKnowledge } from './delete-knowledge.js';
import { KnowledgeConnection, KnowledgeSourceType } from './knowledge-source.type.js';
import { ListKnowledge } from './list-knowledge.js';
import { RefreshKnowledge } from './refresh-knowledge.js';
import { UpdateKnowledge } from './update-knowledge.js';

const idOf = { type: () => ID, description: 'The id of the source.' };

@Resolver(() => KnowledgeSourceType)
export class KnowledgeResolver {
  constructor(
    private readonly list: ListKnowledge,
    private readonly add: AddKnowledge,
    private readonly update: UpdateKnowledge,
    private readonly refresh: RefreshKnowledge,
    private readonly remove: DeleteKnowledge,
  ) {}

  @Query(() => KnowledgeConnection, { description: 'What the business knows, the newest first.' })
  @Allow(Permission.Read)
  knowledge(
    @CurrentMember() member: MemberActor,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 50, description: 'How many, 1 to 100.' })
    first?: number | null,
    @Args('after', { type: () => String, nullable: true, description: 'The end of the page before.' })
    after?: string | null,
  ): Promise<KnowledgeConnection> {
    return this.list.run(member, first, after);
  }

  @Mutation(() => KnowledgeSourceType, {
    description: 'Adds knowledge. A URL and a FILE are read afterwards; status says when they can be answered from.',
  })
  @Allow(Permission.ManageContent)
  async addKnowledge(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { type: () => KnowledgeInput, description: 'The knowledge.' }) input: KnowledgeInput,
  ): Promise<KnowledgeSourceType> {
    return KnowledgeSourceType.from(await this.add.run(member, input, request));
  }

  @Mutation(() => KnowledgeSourceType, { description: 'Changes knowledge; what is left out stays.' })
  @Allow(Permission.ManageContent)
  async updateKnowledge(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', idOf) id: string,
    @Args('title', { type: () => String, nullable: true, description: 'What it is called.' }) title?: string | null,
    @Args('text', { type: () => String, nullable: true, description: 'The new text of a TEXT source.' })
    text?: string | null,
    @Args('internal', {
      type: () => Boolean,
      nullable: true,
      description: 'For members alone: no draft is made from it.',
    })
    internal?: boolean | null,
  ): Promise<KnowledgeSourceType> {
    return KnowledgeSourceType.from(await this.update.run(member, id, { title, text, internal }, request));
  }

  @Mutation(() => KnowledgeSourceType, {
    description:
      'Reads a web page, or the pages of a sitemap, again at once; and a file that could not be read, while it is there.',
  })
  @Allow(Permission.ManageContent)
  async refreshKnowledge(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', idOf) id: string,
  ): Promise<KnowledgeSourceType> {
    return KnowledgeSourceType.from(await this.refresh.run(member, id, request));
  }

  @Mutation(() => Boolean, { description: 'Removes knowledge. Drafts that were made from it keep what they cite.' })
  @Allow(Permission.ManageContent)
  deleteKnowledge(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', idOf) id: string,
  ): Promise<boolean> {
    return this.remove.run(member, id, request);
  }
}
