import { Field, ObjectType } from '@nestjs/graphql';
import type { AnnouncedProcessor } from './announced-recipients.js';

@ObjectType({ description: 'Somebody new who receives personal data on behalf of the businesses.' })
export class AnnouncedRecipient {
  @Field(() => String, { description: 'Who it is.' })
  name!: string;

  @Field(() => String, { description: 'What for.' })
  purpose!: string;

  @Field(() => String, { description: 'Which data.' })
  data!: string;

  @Field(() => String, { description: 'Where it is processed.' })
  region!: string;

  @Field(() => String, { description: 'What the transfer rests on.' })
  safeguard!: string;

  @Field(() => Date, { description: 'When it was announced.' })
  announcedAt!: Date;

  @Field(() => Date, { description: 'Before this it is not called.' })
  usedFrom!: Date;

  @Field(() => String, { description: 'Where all recipients are listed.' })
  url!: string;

  static from(processor: AnnouncedProcessor, url: string): AnnouncedRecipient {
    const { name, purpose, data, region, safeguard, announcedAt, usedFrom } = processor;
    return Object.assign(new AnnouncedRecipient(), {
      name,
      purpose,
      data,
      region,
      safeguard,
      announcedAt,
      usedFrom,
      url,
    });
  }
}
