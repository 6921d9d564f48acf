import { Field, InputType } from '@nestjs/graphql';

@InputType({ description: 'What a person signs in with.' })
export class SignInInput {
  @Field(() => String)
  email!: string;

  @Field(() => String)
  password!: string;

  @Field(() => String, { nullable: true, description: 'The code of the second factor, where one is set up.' })
  totp?: string | null;
}
