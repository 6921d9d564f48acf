import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum LeadDimension {
  SOURCE = 'SOURCE',
  FORM = 'FORM',
  AD = 'AD',
  CAMPAIGN = 'CAMPAIGN',
  OWNER = 'OWNER',
  STATUS = 'STATUS',
  WEEK = 'WEEK',
  TOPIC = 'TOPIC',
}
registerEnumType(LeadDimension, {
  name: 'LeadDimension',
  description:
    'What the rows are of. TOPIC: by the labels of the person’s conversations that are stored; a lead counts in each. WEEK: one row a week, also where nothing came.',
});

@ObjectType({ description: 'What came of leads.' })
export class LeadReportRow {
  @Field(() => String, {
    description:
      'The source or status, the id of the form, advert, campaign or member, the Monday of the week (2026-11-23), or the label; `none` where there is none, `nobody` where it is nobody’s.',
  })
  key!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What it is called, where the workspace has a name for it: a contact form, a member, a label.',
  })
  label!: string | null;

  @Field(() => Int, { description: 'How many came in.' })
  leads!: number;

  @Field(() => Int, { description: 'Of those, how many are won by now.' })
  won!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'Of those answered: seconds from when it was sent in to the first answer by a person or the AI, the median; null while none was answered.',
  })
  medianFirstReplySeconds!: number | null;
}
