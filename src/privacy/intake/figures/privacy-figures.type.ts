import { Field, Float, Int, ObjectType } from '@nestjs/graphql';

@ObjectType({
  description: 'How long requests under the law take, and what waits. Of those settled in the last 365 days.',
})
export class PrivacyFigures {
  @Field(() => Int, { description: 'Requests that wait for something.' })
  open!: number;

  @Field(() => Int, { description: 'Of those, the ones whose day has passed.' })
  overdue!: number;

  @Field(() => Int, { description: 'Requests that were settled, whichever way.' })
  settled!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Of those settled: days from the day it came, the median; null where there are none.',
  })
  medianDays!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Of those settled: the share that was within five business days, from 0 to 1; null where there are none.',
  })
  withinFiveBusinessDays!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Of those settled: the share that was within 30 days, from 0 to 1; null where there are none.',
  })
  withinThirtyDays!: number | null;
}

/** The figures as they are counted. */
export interface CountedRequests {
  readonly open: number;
  readonly overdue: number;
  readonly settled: number;
  readonly medianSeconds: number | null;
  readonly inFive: number;
  readonly inThirty: number;
}

/** Shares of what was counted. */
export function figuresOf({
  open,
  overdue,
  settled,
  medianSeconds,
  inFive,
  inThirty,
}: CountedRequests): PrivacyFigures {
  const share = (count: number) => (settled === 0 ? null : count / settled);
  return {
    open,
    overdue,
    settled,
    medianDays: medianSeconds === null ? null : medianSeconds / 86_400,
    withinFiveBusinessDays: share(inFive),
    withinThirtyDays: share(inThirty),
  };
}
