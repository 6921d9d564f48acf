import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { LeadType } from '../lead.type.js';
import { LeadNotes } from './lead-notes.js';

@Resolver(() => LeadType)
export class LeadNoteResolver {
  constructor(private readonly notes: LeadNotes) {}

  @Mutation(() => LeadType, { description: 'Writes something down about a lead; the person never sees it.' })
  @Allow(Permission.Converse)
  async addLeadNote(
    @CurrentMember() member: MemberActor,
    @Args('leadId', { type: () => ID, description: 'The lead.' }) leadId: string,
    @Args('text', { type: () => String, description: 'The words, 10,000 characters at most.' }) text: string,
  ): Promise<LeadType> {
    return LeadType.from(await this.notes.add(member, leadId, text));
  }

  @Mutation(() => LeadType, {
    description: 'Deletes a note about a lead: your own, or anybody’s where you run the workspace.',
  })
  @Allow(Permission.Converse)
  async deleteLeadNote(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The note, by its id in the lead’s activity.' }) id: string,
  ): Promise<LeadType> {
    return LeadType.from(await this.notes.remove(member, request.origin, id));
  }
}
