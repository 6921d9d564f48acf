import { Field, ObjectType } from '@nestjs/graphql';
import { PolicyKind } from './policy-kind.js';

@ObjectType('PolicyDocument', { description: 'A published text in the version in force.' })
export class PolicyDocumentType {
  @Field(() => PolicyKind, { description: 'What it is about.' })
  kind!: PolicyKind;

  @Field(() => String, { description: 'The day from which on it holds.' })
  version!: string;

  @Field(() => Date, { description: 'When it was published.' })
  publishedAt!: Date;

  @Field(() => String, { description: 'Where it can be read.' })
  url!: string;

  @Field(() => String, { description: 'What it says, in one sentence.' })
  summary!: string;

  @Field(() => Boolean, { description: 'Whether you accepted this very version; false where nobody is signed in.' })
  accepted!: boolean;

  @Field(() => Date, { nullable: true, description: 'When you last accepted a version of it.' })
  acceptedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Which version that was.' })
  acceptedVersion!: string | null;
}
