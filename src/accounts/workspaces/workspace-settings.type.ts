import { Field, Int, ObjectType } from '@nestjs/graphql';
import { type BusinessHours, alwaysOpen, isOpen } from './business-hours.js';
import type { ControllerDetails } from './workspace-settings.js';
import { nobodyNamed } from './workspace-settings.js';

@ObjectType('ControllerDetails', {
  description:
    "Who the workspace's contacts are dealing with: shown on the help page, linked from widget, forms and mails.",
})
export class ControllerDetailsType {
  @Field(() => String, { nullable: true, description: 'The name under which the business is registered.' })
  legalName!: string | null;

  @Field(() => String, { nullable: true, description: 'Where to write about personal data.' })
  privacyEmail!: string | null;

  @Field(() => String, { nullable: true, description: 'Its postal address; may have several lines.' })
  address!: string | null;

  @Field(() => String, { nullable: true, description: "The business's own privacy notice." })
  noticeUrl!: string | null;

  @Field(() => String, { nullable: true, description: "The business's site." })
  website!: string | null;

  static from(details: Partial<ControllerDetails>): ControllerDetailsType {
    const { legalName, privacyEmail, address, noticeUrl, website } = { ...nobodyNamed, ...details };
    return Object.assign(new ControllerDetailsType(), { legalName, privacyEmail, address, noticeUrl, website });
  }
}

@ObjectType('OpeningHours', { description: 'One stretch of opening; it may close on the next day.' })
export class OpeningHoursType {
  @Field(() => Int, { description: '1 Monday to 7 Sunday: the day on which it opens.' })
  weekday!: number;

  @Field(() => String, { description: 'HH:MM.' })
  opens!: string;

  @Field(() => String, { description: 'HH:MM, up to 24:00; earlier than it opens: on the next day.' })
  closes!: string;
}

@ObjectType('BusinessHours', { description: "When the business answers, in the workspace's time zone." })
export class BusinessHoursType {
  @Field(() => Boolean, { description: 'Open at any time.' })
  always!: boolean;

  @Field(() => [OpeningHoursType], { description: 'When it opens and closes.' })
  week!: OpeningHoursType[];

  @Field(() => [String], { description: 'Days on which nothing opens, as YYYY-MM-DD.' })
  holidays!: string[];

  @Field(() => String, {
    nullable: true,
    description: 'What is answered once a conversation outside these hours. It is not AI.',
  })
  awayMessage!: string | null;

  @Field(() => Boolean, { description: 'Whether it is open now.' })
  openNow!: boolean;

  static from(stored: Partial<BusinessHours>, timezone: string, now = new Date()): BusinessHoursType {
    const hours = { ...alwaysOpen, ...stored };
    const week = hours.week.map((one) => Object.assign(new OpeningHoursType(), one));
    const { always, holidays, awayMessage } = hours;
    const openNow = isOpen(hours, timezone, now);
    return Object.assign(new BusinessHoursType(), { always, week, holidays: [...holidays], awayMessage, openNow });
  }
}
