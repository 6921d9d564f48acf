import { Field, ID, InputType } from '@nestjs/graphql';
import { ChannelKind } from '../../channels/index.js';

@InputType({ description: 'What helps to find whom a request is about; one of these is enough.' })
export class PrivacySubjectInput {
  @Field(() => ID, { nullable: true, description: 'The contact, where it is known.' })
  contactId?: string | null;

  @Field(() => String, { nullable: true, description: 'An e-mail address of theirs.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'A phone number of theirs, with the country code.' })
  phone?: string | null;

  @Field(() => ChannelKind, { nullable: true, description: 'Where they wrote.' })
  channelKind?: ChannelKind | null;

  @Field(() => String, { nullable: true, description: 'What the platform calls them.' })
  externalId?: string | null;

  @Field(() => String, { nullable: true, description: 'What people call them there, such as a user name.' })
  handle?: string | null;

  @Field(() => Date, { nullable: true, description: 'When they wrote, at the earliest.' })
  from?: Date | null;

  @Field(() => Date, { nullable: true, description: 'When they wrote, at the latest.' })
  to?: Date | null;

  @Field(() => String, { nullable: true, description: 'The website on which they wrote.' })
  website?: string | null;

  @Field(() => String, { nullable: true, description: 'The business that they wrote to.' })
  businessName?: string | null;
}
