import { Field, InputType } from '@nestjs/graphql';

@InputType({ description: 'A new person and their first workspace.' })
export class SignUpInput {
  @Field(() => String, { description: 'The address to sign in with.' })
  email!: string;

  @Field(() => String, { description: 'How you want to be called.' })
  name!: string;

  @Field(() => String, { description: 'At least 10 characters; every one of them counts.' })
  password!: string;

  @Field(() => String, { description: 'What the business is called.' })
  workspaceName!: string;

  @Field(() => Boolean, { description: 'Whether you have read and accept the terms and the privacy policy.' })
  acceptedPolicies!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Of the first person on an address that others reach too: the code that the console shows.',
  })
  setUpCode?: string | null;
}
