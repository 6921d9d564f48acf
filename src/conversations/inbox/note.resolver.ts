import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { Allow, CurrentMember, type MemberActor, Permission } from '../../platform/access/index.js';
import { MessageType } from '../message.type.js';
import { AddNote } from './add-note.js';

@Resolver(() => MessageType)
export class NoteResolver {
  constructor(private readonly add: AddNote) {}

  @Mutation(() => MessageType, { description: 'Writes a note that members alone see.' })
  @Allow(Permission.Converse)
  async addNote(
    @CurrentMember() member: MemberActor,
    @Args('conversationId', { type: () => ID, description: 'The conversation.' }) conversationId: string,
    @Args('text', { type: () => String, description: 'The words.' }) text: string,
    @Args('mentions', {
      type: () => [ID],
      nullable: true,
      description: 'Members who shall see it: they find it among their mentions.',
    })
    mentions: string[] | null | undefined,
  ): Promise<MessageType> {
    return MessageType.from(await this.add.run(member, conversationId, text, mentions));
  }
}
