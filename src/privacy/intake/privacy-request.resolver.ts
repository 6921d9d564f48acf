import { Args, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ContactLoader, ContactType } from '../../conversations/index.js';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { ErasureReceiptType } from '../proof/receipt.type.js';
import { ReadExport } from '../access/index.js';
import { Receipts } from '../proof/receipts.js';
import { PrivacyRequestStatus } from './enums.js';
import { ListRequests } from './list-requests.js';
import { PrivacyRequestConnection, PrivacyRequestType } from './privacy-request.type.js';
import { PrivacyRequests } from './privacy-requests.js';

@Resolver(() => PrivacyRequestType)
export class PrivacyRequestResolver {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly requests: PrivacyRequests,
    private readonly list: ListRequests,
    private readonly contactLoader: ContactLoader,
    private readonly receipts: Receipts,
    private readonly exports: ReadExport,
    private readonly config: Config,
  ) {}

  @Query(() => PrivacyRequestConnection, {
    description:
      'What was asked of the workspace under the law: what waits first, children’s before all, then by the day on which it is due.',
  })
  @Allow(Permission.HandlePrivacy)
  async privacyRequests(
    @CurrentMember() member: MemberActor,
    @Args('status', { type: () => [PrivacyRequestStatus], nullable: true, description: 'Only those that are so far.' })
    status: PrivacyRequestStatus[] | null | undefined,
    @Args('first', { type: () => Int, nullable: true, defaultValue: 25, description: 'How many, 100 at most.' })
    first: number | null | undefined,
    @Args('after', { type: () => String, nullable: true, description: 'The endCursor of the page before.' })
    after: string | null | undefined,
  ): Promise<PrivacyRequestConnection> {
    const { nodes, pageInfo } = await this.workspaces.read(member.workspaceId, (tx) =>
      this.list.run(tx, { status, first, after }),
    );
    return { nodes: nodes.map((row) => PrivacyRequestType.from(row, this.config.publicUrl)), pageInfo };
  }

  @Query(() => PrivacyRequestType, {
    nullable: true,
    description: 'One request; null where nothing of this id was asked of the workspace.',
  })
  @Allow(Permission.HandlePrivacy)
  async privacyRequest(
    @CurrentMember() member: MemberActor,
    @Args('id', { type: () => ID, description: 'The request.' }) id: string,
  ): Promise<PrivacyRequestType | null> {
    const row = await this.workspaces.run(member.workspaceId, (tx) => this.requests.byId(tx, id.toLowerCase()));
    return row === null ? null : PrivacyRequestType.from(row, this.config.publicUrl);
  }

  @ResolveField(() => [ContactType], { description: 'Whom it is about, as far as that is known.' })
  async contacts(
    @CurrentRequest() request: RequestContext,
    @Parent() { contactIds }: PrivacyRequestType,
  ): Promise<ContactType[]> {
    if (contactIds.length === 0) return [];
    const rows = await this.contactLoader.loadMany(request, contactIds);
    return rows.map((row) => ContactType.from(row));
  }

  @ResolveField(() => ErasureReceiptType, {
    nullable: true,
    description: 'The signed statement of what was erased, once that is done.',
  })
  async receipt(@Parent() { erasureId }: PrivacyRequestType): Promise<ErasureReceiptType | null> {
    const receipt = erasureId === null ? null : await this.receipts.byErasure(erasureId);
    return receipt === null ? null : ErasureReceiptType.from(receipt);
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Where what was asked for can be fetched; null while it is made, and once it has gone.',
  })
  async exportUrl(@Parent() { id, workspaceId }: PrivacyRequestType): Promise<string | null> {
    if (workspaceId === null) return null;
    return this.workspaces.read(workspaceId, async (tx) => (await this.exports.ofRequest(tx, id))?.url ?? null);
  }
}
