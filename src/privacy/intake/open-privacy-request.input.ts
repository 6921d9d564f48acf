import { Field, InputType } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { PrivacyRequestKind } from './enums.js';
import { PrivacySubjectInput } from './privacy-subject.input.js';

@InputType({ description: 'What somebody asks for under the law, as a member writes it down.' })
export class OpenPrivacyRequestInput {
  @Field(() => PrivacyRequestKind, { description: 'What is asked for.' })
  kind!: PrivacyRequestKind;

  @Field(() => PrivacySubjectInput, { description: 'Whom it is about.' })
  subject!: PrivacySubjectInput;

  @Field(() => String, { nullable: true, description: 'What they wrote, or said.' })
  note?: string | null;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'For RECTIFY: what is right, under the names that updateContact has.',
  })
  rectification?: unknown;

  @Field(() => Boolean, { nullable: true, description: 'Whether somebody asks for another.' })
  onBehalfOf?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is about a child: these go first.' })
  minor?: boolean | null;
}
