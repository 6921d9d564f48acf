import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ConversationLoader, ConversationType } from '../../conversations/index.js';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { LeadType } from '../lead.type.js';
import { LeadReplyRoadType } from './lead-reply-road.type.js';
import { ReadRoad } from './read-road.js';
import { SendLeadReply } from './send-lead-reply.js';

/** Answers to leads. */
@Resolver(() => LeadType)
export class LeadReplyResolver {
  constructor(
    private readonly send: SendLeadReply,
    private readonly road: ReadRoad,
    private readonly conversations: ConversationLoader,
  ) {}

  @Query(() => LeadReplyRoadType, {
    description: 'Where a reply of yours to this lead would go now, or why to nobody.',
  })
  @Allow(Permission.Read)
  async leadReplyRoad(
    @CurrentMember() member: MemberActor,
    @Args('leadId', { type: () => ID, description: 'The lead.' }) leadId: string,
  ): Promise<LeadReplyRoadType> {
    return LeadReplyRoadType.from(await this.road.run(member, leadId));
  }

  @Mutation(() => LeadType, {
    description:
      'Answers a lead: in a thread that the person opened and whose window is open, else by mail to the address that they left; nobody is ever written to first on another channel. One that is NEW is CONTACTED then. The same key never sends twice.',
  })
  @Allow(Permission.Converse)
  async sendLeadReply(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('leadId', { type: () => ID, description: 'The lead.' }) leadId: string,
    @Args('text', { type: () => String, description: 'The words, at most 10,000 characters.' }) text: string,
    @Args('idempotencyKey', { type: () => String, description: 'Chosen by the client, at most 200 characters.' })
    idempotencyKey: string,
  ): Promise<LeadType> {
    return LeadType.from(await this.send.run(member, request.origin, { leadId, text, idempotencyKey }));
  }

  @ResolveField(() => ConversationType, {
    nullable: true,
    description: 'The conversation in which it was answered; null where it was not, or by a mail of the server.',
  })
  async repliedIn(@Parent() lead: LeadType, @Context() context: RequestContext): Promise<ConversationType | null> {
    const id = lead.replyConversationId;
    const row = id === null ? null : await this.conversations.load(context, id);
    return row === null ? null : ConversationType.from(row);
  }
}
