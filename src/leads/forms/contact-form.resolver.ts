import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  CurrentMember,
  CurrentRequest,
  type MemberActor,
  Permission,
  RequestContext,
} from '../../platform/access/index.js';
import { Turnstile } from '../../platform/http/index.js';
import { PublicLinks, mailLocale } from '../../platform/mail/index.js';
import { ContactFormType } from './contact-form.type.js';
import { ContactForms } from './contact-forms.js';
import { embedSnippet } from './embed-snippet.js';
import type { FormRow } from './form.row.js';

@Resolver(() => ContactFormType)
export class ContactFormResolver {
  constructor(
    private readonly forms: ContactForms,
    private readonly links: PublicLinks,
    private readonly turnstile: Turnstile,
  ) {}

  @Query(() => [ContactFormType], { description: 'The contact forms, the oldest first.' })
  @Allow(Permission.Read)
  async contactForms(@CurrentMember() member: MemberActor): Promise<ContactFormType[]> {
    return (await this.forms.list(member)).map((row) => this.shown(row));
  }

  @Mutation(() => ContactFormType, { description: 'Makes a contact form for sites of the business, 50 at most.' })
  @Allow(Permission.ManageChannels)
  async createContactForm(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('name', { type: () => String, description: 'What it is called here, at most 100 characters.' }) name: string,
    @Args('allowedDomains', {
      type: () => [String],
      description: 'The sites that it may be sent from: `example.com`, `*.example.com`.',
    })
    allowedDomains: string[],
    @Args('answerOnly', {
      type: () => Boolean,
      nullable: true,
      defaultValue: true,
      description: 'Whether what comes is used to answer and for nothing else: no AI, no report, no segment.',
    })
    answerOnly?: boolean | null,
  ): Promise<ContactFormType> {
    const given = { name, allowedDomains, answerOnly: answerOnly ?? true };
    return this.shown(await this.forms.create(member, given, request));
  }

  @Mutation(() => Boolean, { description: 'Removes a form; it is taken no more at once. What came by it stays.' })
  @Allow(Permission.ManageChannels)
  deleteContactForm(
    @CurrentMember() member: MemberActor,
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'The id of the form.' }) id: string,
  ): Promise<boolean> {
    return this.forms.delete(member, id, request);
  }

  private shown(row: FormRow): ContactFormType {
    const url = this.links.publicLink(`/forms/v1/${row.publicKey}`);
    return ContactFormType.from(row, embedSnippet(url, mailLocale(row.locale), this.turnstile.inForce));
  }
}
