import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { FormRow } from './form.row.js';

@ObjectType('ContactForm', {
  description:
    'A contact form for a site of the business. It takes a name, an e-mail address, a company and a message.',
})
export class ContactFormType {
  @Field(() => ID, { description: 'The id of the form; a lead that came by it names it as `formId`.' })
  id!: string;

  @Field(() => String, { description: 'What it is called here.' })
  name!: string;

  @Field(() => String, { description: 'Stands in the address that the form is sent to. It is no secret.' })
  publicKey!: string;

  @Field(() => [String], { description: 'The sites that it may be sent from.' })
  allowedDomains!: readonly string[];

  @Field(() => String, { description: 'HTML for a page of these sites. It works without a script.' })
  embedSnippet!: string;

  @Field(() => Boolean, {
    description: 'Whether what comes is used to answer and for nothing else: no AI, no report, no segment.',
  })
  answerOnly!: boolean;

  static from({ id, name, publicKey, allowedDomains, answerOnly }: FormRow, embedSnippet: string): ContactFormType {
    return Object.assign(new ContactFormType(), { id, name, publicKey, allowedDomains, embedSnippet, answerOnly });
  }
}
