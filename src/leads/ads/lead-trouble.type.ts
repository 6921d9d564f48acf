import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';

export enum LeadTroubleCause {
  NO_ACCESS = 'NO_ACCESS',
  REFUSED = 'REFUSED',
  GONE = 'GONE',
  UNREACHABLE = 'UNREACHABLE',
}
registerEnumType(LeadTroubleCause, {
  name: 'LeadTroubleCause',
  description:
    'NO_ACCESS: the channel had no access, or took no leads. REFUSED: the platform does not let this connection read it. GONE: the platform does not have it, or not any more. UNREACHABLE: the platform did not give it for days.',
});

@ObjectType('LeadTrouble', { description: 'Filled forms of adverts whose answers could not be fetched.' })
export class LeadTroubleType {
  @Field(() => LeadTroubleCause, { description: 'Why.' })
  cause!: LeadTroubleCause;

  @Field(() => Int, { description: 'How many.' })
  forms!: number;

  @Field(() => Date, { description: 'When the last of them was told of.' })
  lastToldAt!: Date;

  @Field(() => String, { nullable: true, description: 'What was said of the last of them, in English.' })
  reason!: string | null;
}
