import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LeadSource } from '../enums.js';

export enum LeadAssignmentMode {
  OFF = 'OFF',
  ROUND_ROBIN = 'ROUND_ROBIN',
}
registerEnumType(LeadAssignmentMode, {
  name: 'LeadAssignmentMode',
  description: 'OFF: a new lead is nobody’s until somebody takes it. ROUND_ROBIN: to chosen members in turn.',
});

/** A rule as it is set. */
export interface AssignmentRule {
  readonly mode: LeadAssignmentMode;
  readonly sources: readonly LeadSource[];
  readonly memberIds: readonly string[];
}

@ObjectType('LeadAssignment', { description: 'Who gets new leads.' })
export class LeadAssignmentType {
  @Field(() => LeadAssignmentMode, { description: 'How.' })
  mode!: LeadAssignmentMode;

  @Field(() => [LeadSource], { description: 'Which leads: those that came from one of these.' })
  sources!: readonly LeadSource[];

  /** No field: `members` is read by them. */
  memberIds!: readonly string[];

  static from({ mode, sources, memberIds }: AssignmentRule): LeadAssignmentType {
    return Object.assign(new LeadAssignmentType(), { mode, sources, memberIds });
  }
}
