import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../../platform/access/index.js';
import { FieldUseLoader } from './contact-field.loader.js';
import { ContactFieldKind } from './contact-field.row.js';
import { ContactFieldType } from './contact-field.type.js';
import { KeepFields } from './keep-fields.js';

@Resolver(() => ContactFieldType)
export class ContactFieldResolver {
  constructor(
    private readonly fields: KeepFields,
    private readonly uses: FieldUseLoader,
  ) {}

  @Query(() => [ContactFieldType], { description: 'The fields that the workspace keeps of its contacts, by name.' })
  @Allow(Permission.Read)
  async contactFields(@CurrentMember() member: MemberActor): Promise<ContactFieldType[]> {
    return (await this.fields.list(member)).map((row) => ContactFieldType.from(row));
  }

  @ResolveField(() => Int, { description: 'How many contacts have a value in it.' })
  async contacts(@Parent() { id }: ContactFieldType, @Context() context: RequestContext): Promise<number> {
    return (await this.uses.load(context, id)) ?? 0;
  }

  @Mutation(() => ContactFieldType, {
    description:
      'Makes a field, or with an id gives that one another name or other choices. What contacts hold stays: a new name moves no value, and a choice that is gone stays where it was chosen.',
  })
  @Allow(Permission.ManageContent)
  async saveContactField(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, nullable: true, description: 'Which to change; without it, a new one.' })
    id: string | null | undefined,
    @Args('name', { type: () => String, description: 'What it is called, in 60 characters at most.' }) name: string,
    @Args('kind', { type: () => ContactFieldKind, description: 'What it holds; that never changes.' })
    kind: ContactFieldKind,
    @Args('choices', {
      type: () => [String],
      nullable: true,
      description: 'What there is to choose from, for CHOICE: 50 at most.',
    })
    choices: string[] | null | undefined,
  ): Promise<ContactFieldType> {
    return ContactFieldType.from(await this.fields.save(member, { id, name, kind, choices }, request.origin));
  }

  @Mutation(() => Boolean, {
    description: 'Removes a field with what all contacts hold in it; ContactField.contacts says how many that are.',
  })
  @Allow(Permission.ManageContent)
  deleteContactField(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<boolean> {
    return this.fields.remove(member, id, request.origin);
  }
}
