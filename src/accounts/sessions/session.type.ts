import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { SessionEntity } from './session.entity.js';

@ObjectType('Session', { description: 'A browser that is signed in as you.' })
export class SessionType {
  @Field(() => ID, { description: 'What it is ended by.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'The address it signed in from.' })
  ip!: string | null;

  @Field(() => String, { nullable: true, description: 'What the browser calls itself.' })
  userAgent!: string | null;

  @Field(() => Date, { description: 'When it signed in.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it was last used, to the minute.' })
  lastSeenAt!: Date;

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  current!: boolean;

  static from({ id, ip, userAgent, createdAt, lastSeenAt }: SessionEntity, currentId: string): SessionType {
    return Object.assign(new SessionType(), { id, ip, userAgent, createdAt, lastSeenAt, current: id === currentId });
  }
}
