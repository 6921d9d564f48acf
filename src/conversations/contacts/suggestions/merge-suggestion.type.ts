import { Field, ObjectType } from '@nestjs/graphql';
import { ContactType } from '../../contact.type.js';

@ObjectType('MergeSuggestion', {
  description: 'Another contact who is most likely the same person. Nobody is merged without a member saying so.',
})
export class MergeSuggestionType {
  @Field(() => ContactType, { description: 'The other contact.' })
  contact!: ContactType;

  @Field(() => String, {
    description: 'The address that both have, and that is known to be theirs for both.',
  })
  address!: string;
}
