import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ErrorCode } from '../../platform/errors/index.js';
import { ConversationType } from '../conversation.type.js';

@ObjectType({ description: 'A conversation that stayed as it was.' })
export class BulkRefusal {
  @Field(() => ID, { description: 'The id as it was given.' })
  id!: string;

  @Field(() => ErrorCode, { description: 'Why.' })
  code!: ErrorCode;
}

@ObjectType({ description: 'What came of a change of many conversations.' })
export class BulkResult {
  @Field(() => [ConversationType], {
    description: 'As they are now, in the order asked; those with nothing to change are among them.',
  })
  changed!: ConversationType[];

  @Field(() => [BulkRefusal], { description: 'What could not be changed.' })
  refused!: readonly BulkRefusal[];
}
