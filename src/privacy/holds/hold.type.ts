import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import type { HoldRow } from './hold.row.js';

@ObjectType('LegalHold', { description: 'What a law or a court keeps from being erased, and since when.' })
export class LegalHoldType {
  @Field(() => ID, { description: 'The id of the hold.' })
  id!: string;

  @Field(() => String, { description: 'Why, in the words of whoever placed it.' })
  reason!: string;

  @Field(() => GraphQLISODateTime, { description: 'Since when it stands.' })
  placedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Until when it stood; null while it does.' })
  releasedAt!: Date | null;

  /** No field of this kind: the contact is read by its own loader. */
  contactId!: string | null;

  static from({ id, contactId, reason, placedAt, releasedAt }: HoldRow): LegalHoldType {
    return Object.assign(new LegalHoldType(), { id, contactId, reason, placedAt, releasedAt });
  }
}
