import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('LeadForm', { description: 'A form of an advert.' })
export class LeadFormType {
  @Field(() => ID, { description: 'What the platform calls it.' })
  id!: string;

  @Field(() => String, { description: 'What the business calls it.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether it was chosen; where none was, leads of every form are taken.' })
  selected!: boolean;
}
