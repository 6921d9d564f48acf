import { Field, ID, ObjectType } from '@nestjs/graphql';
import { LeadReplyWay } from '../enums.js';
import type { ReplyRoad } from './reply-roads.js';
import { roadWords } from './road-words.js';

@ObjectType('LeadReplyRoad', { description: 'Where a reply to a lead would go now.' })
export class LeadReplyRoadType {
  @Field(() => LeadReplyWay, { description: 'How it would go.' })
  way!: LeadReplyWay;

  @Field(() => ID, {
    nullable: true,
    description: 'The conversation that it would stand in; null where it begins one.',
  })
  conversationId!: string | null;

  @Field(() => ID, { nullable: true, description: 'The channel that it would leave by.' })
  channelId!: string | null;

  @Field(() => String, { nullable: true, description: 'The address that it would go to, where it begins a thread.' })
  to!: string | null;

  @Field(() => String, { nullable: true, description: 'Where it goes nowhere: why, as a name for clients.' })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in words.' })
  words!: string | null;

  static from(road: ReplyRoad): LeadReplyRoadType {
    const shown = { way: road.way, conversationId: null, channelId: null, to: null, reason: null, words: null };
    return Object.assign(new LeadReplyRoadType(), shown, detailsOf(road));
  }
}

function detailsOf(road: ReplyRoad): Partial<LeadReplyRoadType> {
  if (road.way === LeadReplyWay.NONE) return { reason: road.reason, words: roadWords[road.reason] };
  if (road.way === LeadReplyWay.MAIL) return { to: road.to };
  if (road.conversationId === null) return { channelId: road.first.channelId, to: road.first.address };
  return { conversationId: road.conversationId, channelId: road.channelId };
}
