import { Field, InputType } from '@nestjs/graphql';
import { PolicyKind } from './policy-kind.js';

@InputType({ description: 'A text that is accepted, in the version that was read.' })
export class PolicyAcceptanceInput {
  @Field(() => PolicyKind, { description: 'Which text.' })
  kind!: PolicyKind;

  @Field(() => String, { description: 'The version that was shown.' })
  version!: string;
}
