import { Field, ObjectType } from '@nestjs/graphql';
import { ChannelKind } from '../enums.js';

@ObjectType({ description: 'A permission that a consent asks for.' })
export class GrantedPermission {
  @Field(() => String, { description: 'Its name at the platform.' })
  name!: string;

  @Field(() => String, { description: 'The one thing that it is used for.' })
  purpose!: string;

  @Field(() => Boolean, { description: 'Whether the person gave it; nothing is given before they are back.' })
  granted!: boolean;
}

@ObjectType({ description: 'An account that the person gave access to, which can be connected now.' })
export class ChannelOption {
  @Field(() => ChannelKind, { description: 'What it would be here.' })
  kind!: ChannelKind;

  @Field(() => String, { description: 'Its id at the platform; this is what is chosen by.' })
  externalId!: string;

  @Field(() => String, { description: 'Its name at the platform.' })
  name!: string;

  @Field(() => Boolean, {
    description: 'Whether it is connected in this workspace; choosing it again renews its access.',
  })
  alreadyConnected!: boolean;
}

@ObjectType({
  description: 'A connection under way: send the person to authorizationUrl, and ask again once they are back.',
})
export class ChannelAuthorization {
  @Field(() => String, { description: 'Names it; good for one use, in this session and workspace, for half an hour.' })
  state!: string;

  @Field(() => String, { description: 'Where the person gives their consent.' })
  authorizationUrl!: string;

  @Field(() => Boolean, { description: 'Whether channels were connected with it.' })
  completed!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it came to nothing, and what to do.' })
  error!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Which of the known reasons that is, for clients that say it in their reader’s language; null for words of the platform’s.',
  })
  errorCode!: string | null;

  @Field(() => [ChannelOption], { description: 'What was granted and can be connected.' })
  options!: ChannelOption[];

  @Field(() => [GrantedPermission], { description: 'Every permission that is asked for, each with its one purpose.' })
  permissions!: GrantedPermission[];
}
