import { Field, InputType } from '@nestjs/graphql';

@InputType({ description: 'What a person signs in with.' })
export class SignInInput {
  @Field(() => String, { description: 'The address that they signed up with, in any case.' })
  email!: string;

  @Field(() => String, { description: 'As it was chosen: nothing is trimmed or normalised.' })
  password!: string;

  @Field(() => String, { nullable: true, description: 'The code of the second factor, where one is set up.' })
  totp?: string | null;
}
