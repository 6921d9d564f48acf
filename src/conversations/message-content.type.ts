import { Field, Float, ObjectType } from '@nestjs/graphql';

@ObjectType('GeoPoint', { description: 'A place on the map.' })
export class GeoPointType {
  @Field(() => Float, { description: 'Degrees north.' })
  latitude!: number;

  @Field(() => Float, { description: 'Degrees east.' })
  longitude!: number;

  @Field(() => String, { nullable: true, description: 'What the place is called.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'Its address.' })
  address!: string | null;
}

@ObjectType('ContactCard', { description: 'A person whose details the customer passed on.' })
export class ContactCardType {
  @Field(() => String, { nullable: true, description: 'What they are called.' })
  name!: string | null;

  @Field(() => [String], { description: 'Their phone numbers.' })
  phones!: readonly string[];

  @Field(() => [String], { description: 'Their e-mail addresses.' })
  emails!: readonly string[];
}

@ObjectType('Postback', { description: 'A button that the customer pressed.' })
export class PostbackType {
  @Field(() => String, { nullable: true, description: 'What the button said.' })
  title!: string | null;

  @Field(() => String, { nullable: true, description: 'What the button stands for.' })
  payload!: string | null;
}

@ObjectType('Referral', { description: 'Where the customer came from: an advertisement, a link.' })
export class ReferralType {
  @Field(() => String, { nullable: true, description: "Where, in the platform's word." })
  source!: string | null;

  @Field(() => String, { nullable: true, description: 'The advertisement.' })
  adId!: string | null;

  @Field(() => String, { nullable: true, description: 'What the link carried along.' })
  ref!: string | null;

  @Field(() => String, { nullable: true, description: 'The page they came from.' })
  url!: string | null;
}

@ObjectType('MailEnvelope', { description: 'What an e-mail says on its outside.' })
export class MailEnvelopeType {
  @Field(() => String, { nullable: true, description: 'Its subject.' })
  subject!: string | null;

  @Field(() => String, { description: 'Who it says it is from.' })
  from!: string;

  @Field(() => [String], { description: 'To whom.' })
  to!: readonly string[];

  @Field(() => [String], { description: 'To whom in copy.' })
  cc!: readonly string[];

  @Field(() => Boolean, { description: "Whether the sender's domain vouches for it." })
  authenticated!: boolean;

  @Field(() => Boolean, {
    description: 'Whether a machine wrote it (a notice of absence, a list); no machine answers it.',
  })
  automatic!: boolean;
}
