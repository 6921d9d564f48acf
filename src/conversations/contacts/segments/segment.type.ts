import { Field, ID, ObjectType, OmitType } from '@nestjs/graphql';
import { GraphQLJSON } from 'graphql-scalars';
import type { CheckedFilter } from './check-contact-filter.js';
import { ContactFilter, FieldComparison, FieldConditionInput } from './contact-filter.input.js';

@ObjectType({ description: 'What a field of a contact holds, as a segment asks for it.' })
export class FieldCondition {
  @Field(() => String, { description: 'The name of the field in customFields: the key of a ContactField.' })
  key!: string;

  @Field(() => FieldComparison, { description: 'How it is compared.' })
  comparison!: FieldComparison;

  @Field(() => GraphQLJSON, { nullable: true, description: 'With what.' })
  value?: unknown;
}

@ObjectType({ description: 'The filter of a segment; what is null does not matter.' })
export class SegmentFilter extends OmitType(ContactFilter, ['fields'] as const, ObjectType) {
  @Field(() => [FieldCondition], { nullable: true, description: 'What their fields hold.' })
  fields?: FieldConditionInput[] | null;
}

/** A segment as its table holds it. */
export interface SegmentRow {
  readonly id: string;
  readonly name: string;
  readonly filter: CheckedFilter;
}

@ObjectType('Segment', { description: 'Contacts that have something in common: a filter, kept under a name.' })
export class SegmentType {
  @Field(() => ID, { description: 'The id of the segment.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => SegmentFilter, { description: 'Who is in it, always as things stand now.' })
  filter!: SegmentFilter;

  static from({ id, name, filter }: SegmentRow): SegmentType {
    return Object.assign(new SegmentType(), { id, name, filter });
  }
}
