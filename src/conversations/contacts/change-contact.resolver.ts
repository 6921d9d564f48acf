import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { ContactType } from '../contact.type.js';
import { AddContactNote } from './add-contact-note.js';
import { MergeContacts } from './merge-contacts.js';
import { UnmergeContacts } from './unmerge-contacts.js';
import { UpdateContact } from './update-contact.js';
import { UpdateContactInput } from './update-contact.input.js';

/** What members do with contacts. */
@Resolver(() => ContactType)
export class ChangeContactResolver {
  constructor(
    private readonly update: UpdateContact,
    private readonly note: AddContactNote,
    private readonly merge: MergeContacts,
    private readonly unmerge: UnmergeContacts,
  ) {}

  @Mutation(() => ContactType, { description: 'Changes what is known of a contact.' })
  @Allow(Permission.Converse)
  async updateContact(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('input', { type: () => UpdateContactInput, description: 'What is to be known.' }) input: UpdateContactInput,
  ): Promise<ContactType> {
    return ContactType.from(await this.update.run(member, request.origin, input));
  }

  @Mutation(() => ContactType, { description: 'Writes something down about a contact; the contact never sees it.' })
  @Allow(Permission.Converse)
  async addContactNote(
    @CurrentMember() member: MemberActor,
    @Args('contactId', { type: () => ID, description: 'The contact.' }) contactId: string,
    @Args('text', { type: () => String, description: 'The words.' }) text: string,
  ): Promise<ContactType> {
    return ContactType.from(await this.note.run(member, contactId, text));
  }

  @Mutation(() => ContactType, {
    description:
      'Makes several contacts one. What the kept one says of itself wins; addresses, conversations, notes and labels come together.',
  })
  @Allow(Permission.Converse)
  async mergeContacts(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('keepId', { type: () => ID, description: 'The contact that stays.' }) keepId: string,
    @Args('mergeIds', { type: () => [ID], description: 'Those that are the same person; 20 at most.' })
    mergeIds: string[],
  ): Promise<ContactType> {
    return ContactType.from(await this.merge.run(member, request.origin, keepId, mergeIds));
  }

  @Mutation(() => [ContactType], {
    description:
      'Takes back merges of the last 30 days into a contact. Gives the contact, then those that stand for themselves again.',
  })
  @Allow(Permission.Converse)
  async unmergeContacts(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('keepId', { type: () => ID, description: 'The contact that the others were merged into.' }) keepId: string,
    @Args('mergedIds', {
      type: () => [ID],
      nullable: true,
      description: 'Which of them stand for themselves again; left out, all of them.',
    })
    mergedIds: string[] | null | undefined,
  ): Promise<ContactType[]> {
    return (await this.unmerge.run(member, request.origin, keepId, mergedIds ?? null)).map((row) =>
      ContactType.from(row),
    );
  }
}
