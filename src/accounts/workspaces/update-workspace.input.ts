import { Field, InputType, Int } from '@nestjs/graphql';

@InputType({ description: 'Who the contacts are dealing with. It is taken as a whole: what is left out is nothing.' })
export class ControllerDetailsInput {
  @Field(() => String, { nullable: true, description: 'The name under which the business is registered.' })
  legalName?: string | null;

  @Field(() => String, { nullable: true, description: 'Where to write about personal data.' })
  privacyEmail?: string | null;

  @Field(() => String, { nullable: true, description: 'Its postal address; may have several lines.' })
  address?: string | null;

  @Field(() => String, { nullable: true, description: "The business's own privacy notice, https://..." })
  noticeUrl?: string | null;

  @Field(() => String, { nullable: true, description: "The business's site, https://..." })
  website?: string | null;
}

@InputType({ description: 'One stretch of opening; it may close on the next day.' })
export class OpeningHoursInput {
  @Field(() => Int, { description: '1 Monday to 7 Sunday: the day on which it opens.' })
  weekday!: number;

  @Field(() => String, { description: 'HH:MM.' })
  opens!: string;

  @Field(() => String, { description: 'HH:MM, up to 24:00; earlier than it opens: on the next day.' })
  closes!: string;
}

@InputType({ description: 'When the business answers. It is taken as a whole: what is left out is nothing.' })
export class BusinessHoursInput {
  @Field(() => Boolean, { description: 'Open at any time.' })
  always!: boolean;

  @Field(() => [OpeningHoursInput], { nullable: true, description: 'When it opens and closes.' })
  week?: OpeningHoursInput[] | null;

  @Field(() => [String], { nullable: true, description: 'Days on which nothing opens, as YYYY-MM-DD.' })
  holidays?: string[] | null;

  @Field(() => String, { nullable: true, description: 'What is answered once a conversation outside these hours.' })
  awayMessage?: string | null;
}

@InputType({ description: 'What to change of a workspace; what is left out stays.' })
export class UpdateWorkspaceInput {
  @Field(() => String, { nullable: true, description: 'What the business is called.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'An IANA time zone, such as Europe/Istanbul.' })
  timezone?: string | null;

  @Field(() => String, { nullable: true, description: 'The language of the workspace, such as en or tr.' })
  locale?: string | null;

  @Field(() => ControllerDetailsInput, { nullable: true, description: 'Who the contacts are dealing with.' })
  controller?: ControllerDetailsInput | null;

  @Field(() => BusinessHoursInput, { nullable: true, description: 'When the business answers.' })
  businessHours?: BusinessHoursInput | null;
}
